/* A fault inside the library: it comes back as a code, and the handle that it was changing is refused from then on. */
#include "check.h"

#ifdef __cplusplus
extern "C" {
#endif
/* Of src/capi/hooks.rs, which no header has: panics, at once for NULL, else in the middle of a change of the tree. */
omadm_rc omadm_test_panic(omadm_tree *tree, uint32_t *output, omadm_error *error);
#ifdef __cplusplus
}
#endif

static void comes_back_as_a_code(void) {
    omadm_error error = OMADM_ERROR_INIT;
    uint32_t output = 77;
    CHECK(omadm_test_panic(NULL, &output, &error) == OMADM_E_PANIC);
    CHECK(error.code == OMADM_E_PANIC && error.offset == OMADM_NONE && error.inner_offset == OMADM_NONE);
    CHECK(strcmp(error.message, omadm_code_message(OMADM_E_PANIC)) == 0 && is_text(error.subject, NULL));
    CHECK(output == 77);
    /* Without an error structure, and again: nothing of it stays. */
    CHECK(omadm_test_panic(NULL, &output, NULL) == OMADM_E_PANIC);
    CHECK(output == 77);
}

static void spoils_the_handle_that_was_changed_and_no_other(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_tree *spoilt = NULL, *other = NULL, *clone = NULL;
    omadm_new_node added = OMADM_NEW_NODE_INIT;
    size_t count = 77;
    omadm_node root = 77;
    uint32_t output = 77;

    REQUIRE(omadm_tree_new(&spoilt, &error) == OMADM_OK);
    REQUIRE(omadm_tree_new(&other, &error) == OMADM_OK);
    CHECK(omadm_tree_summary(spoilt, &count, &root, &error) == OMADM_OK && count == 1);
    count = 77;
    root = 77;
    CHECK(omadm_test_panic(spoilt, &output, &error) == OMADM_E_PANIC);
    CHECK(output == 77);

    /* To be read, to be changed, as a source, and by the fault again. */
    CHECK(omadm_tree_summary(spoilt, &count, &root, &error) == OMADM_E_BUSY);
    CHECK(error.code == OMADM_E_BUSY && is_text(error.subject, "tree"));
    CHECK(count == 77 && root == 77);
    CHECK(omadm_tree_add(spoilt, "./A", OMADM_NUL, &added, NULL, NULL, &error) == OMADM_E_BUSY);
    CHECK(omadm_tree_roll_back(spoilt, &error) == OMADM_E_BUSY);
    CHECK(omadm_tree_clone(spoilt, &clone, &error) == OMADM_E_BUSY && clone == NULL);
    CHECK(omadm_tree_add_subtree(other, "./A", OMADM_NUL, spoilt, OMADM_NO_NODE, NULL, NULL, &error) == OMADM_E_BUSY);
    CHECK(is_text(error.subject, "from"));
    CHECK(omadm_test_panic(spoilt, &output, &error) == OMADM_E_BUSY);

    CHECK(omadm_tree_add(other, "./A", OMADM_NUL, &added, NULL, NULL, &error) == OMADM_OK);
    CHECK(omadm_tree_summary(other, &count, NULL, &error) == OMADM_OK && count == 2);
    /* Valgrind and AddressSanitizer see that this frees all of it. */
    omadm_tree_free(spoilt);
    omadm_tree_free(other);
}

int main(void) {
    comes_back_as_a_code();
    spoils_the_handle_that_was_changed_and_no_other();
    return outcome();
}
