/* Converts a captured document: WBXML to XML, XML to WBXML, whatever it is.
 *
 *     convert_file captured.wbxml > captured.xml
 *
 * cc convert_file.c $(pkg-config --cflags --libs omadm)
 */
#include <omadm.h>
#include <stdio.h>
#include <stdlib.h>

static uint8_t *read_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    long size;
    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
        perror(path);
        exit(2);
    }
    rewind(file);
    data = malloc((size_t)size + 1);
    *len = data ? fread(data, 1, (size_t)size, file) : 0;
    fclose(file);
    return data;
}

int main(int argc, char **argv) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_buffer converted = OMADM_BUFFER_INIT;
    omadm_convert_options options = OMADM_CONVERT_OPTIONS_INIT;
    uint8_t *data;
    size_t len, length;
    char sentence[400];
    uint32_t to;
    int status = 0;

    if (argc != 2) {
        fprintf(stderr, "usage: convert_file FILE\n");
        return 2;
    }
    data = read_file(argv[1], &len);
    /* WBXML begins with its version, 0 to 3; XML never does. */
    to = len > 0 && data[0] <= 3 ? OMADM_XML : OMADM_WBXML;
    options.layout = OMADM_LAYOUT_INDENTED;
    if (omadm_convert(data, len, &options, to, &converted, &error) == OMADM_OK) {
        fwrite(converted.data, 1, converted.len, stdout);
    } else {
        status = 2;
        if (omadm_error_describe(&error, data, len, sentence, sizeof sentence, &length, NULL) == OMADM_OK)
            fprintf(stderr, "%s: %s\n", argv[1], sentence);
    }
    omadm_buffer_free(&converted);
    free(data);
    return status;
}
