"""Which devices hold which version of which management object, and where? Which status codes did they return?

    spark-submit examples/spark/inventory.py SOURCE OUT            # on Spark: a folder, or any source with the columns `path` and `content`
    python examples/spark/inventory.py --local-process SOURCE OUT  # a folder, in this process and without Spark

SOURCE has captured documents, one in a file: device trees (TNDS) and messages of devices, in XML or WBXML. Whose tree it is says the name of the file,
`IMEI-490154203237518.tnds.xml`; who sent a message says its header. Tables in Parquet are written to OUT:

    mos       device, mo, version, uri (of the root), count (of the documents that say so)
    statuses  device, command, code, count
    errors    document, code (an omadm.ErrorKind), offset, message, count: what could not be read, and did not stop the rest
"""
import argparse
import itertools
import pathlib
import re

import omadm
import pyarrow
import pyarrow.compute as compute
import pyarrow.parquet

# What is read of a batch of documents: rows for all tables, told apart by the first column. A table counts equal rows.
ROWS = pyarrow.schema(
    [(name, pyarrow.string()) for name in ("table", "device", "mo", "version", "uri", "command", "document", "message")]
    + [("code", pyarrow.int32()), ("offset", pyarrow.int64())]
)
TABLES = {
    "mos": ["device", "mo", "version", "uri"],
    "statuses": ["device", "command", "code"],
    "errors": ["document", "code", "offset", "message"],
}
# So much text may the documents of a batch have in all their columns: a part of an executor's memory.
OPTIONS = omadm.Options(limit_output=1 << 28)
DOCUMENTS_AT_ONCE = 500
TREES_IN_MESSAGES = ("application/vnd.syncml.dmtnds+xml", "application/vnd.syncml.dmtnds+wbxml")


def is_tree(octets):
    try:
        return omadm.detect(octets) == omadm.DocumentKind.TREE
    except omadm.Error:
        return False


def owner(path):
    """The device that a file is named after. Names of files have no colons: `IMEI-1` is IMEI:1."""
    return re.sub(r".*/|\..*", "", path).replace("-", ":", 1)


def rows(table, **columns):
    """Rows of one table; what they have not is null."""
    length = len(next(iter(columns.values())))
    columns["table"] = pyarrow.repeat(table, length)
    arrays = [columns[field.name] if field.name in columns else pyarrow.nulls(length) for field in ROWS]
    return pyarrow.table([array.cast(field.type) for array, field in zip(arrays, ROWS)], schema=ROWS)


def frames(function, documents):
    """The tables of a function of omadm.frame, and the rows of what it cannot read. What has too much text together is read by halves."""
    try:
        frame = function(documents, OPTIONS)
    except omadm.Error as error:
        names = list(documents)
        if len(names) > 1:
            for half in (names[: len(names) // 2], names[len(names) // 2 :]):
                yield from frames(function, {name: documents[name] for name in half})
        else:
            yield None, error_row(names[0], error)
    else:
        yield frame.table, rows("errors", **{name: frame.errors[name] for name in TABLES["errors"]})


def error_row(name, error):
    """The row of what cannot be read."""
    arrays = {"document": [name], "code": [int(error.kind)], "offset": [error.offset], "message": [error.message]}
    return rows("errors", **{field: pyarrow.array(values) for field, values in arrays.items()})


def roots(table):
    """Of a table of nodes the roots of management objects. They are few: what Python does for each comes after this."""
    return table.filter(compute.is_valid(table["mo_id"]))


def mos(found, device):
    """The rows of roots; `device` says of each whose it is."""
    parts = compute.extract_regex(found["mo_id"], r"^(?P<mo>.*?)(?::(?P<version>[0-9.]+))?$")
    return rows("mos", device=device, uri=found["uri"], **{part: compute.struct_field(parts, part) for part in ("mo", "version")})


def objects(documents):
    """The roots of management objects in trees."""
    for table, errors in frames(omadm.frame.nodes, documents):
        yield errors
        if table is not None:
            found = roots(table)
            yield mos(found, pyarrow.array([owner(name) for name in found["document"].to_pylist()], pyarrow.string()))


def answers(documents):
    """The status codes in messages, and the management objects of the trees that are in them: as text, base64, octets or elements."""
    for table, errors in frames(omadm.frame.commands, documents):
        yield errors
        if table is not None:
            messages = {name: omadm.Message.decode(documents[name], OPTIONS) for name in table["document"].unique().to_pylist()}
            senders = {name: message.header.source for name, message in messages.items()}
            # A Status that has items has a row for each.
            first = compute.equal(compute.fill_null(table["item"], 0), 0)
            statuses = table.filter(compute.and_(compute.equal(table["kind"], "Status"), first))
            device = pyarrow.array([senders[name] for name in statuses["document"].to_pylist()], pyarrow.string())
            yield rows("statuses", device=device, command=statuses["cmd"], code=statuses["code"])
            is_tree = compute.is_in(table["media_type"], pyarrow.array(TREES_IN_MESSAGES, pyarrow.large_string()))
            # A container has a type for what is in it, and no item.
            for row in table.filter(compute.and_(is_tree, compute.is_valid(table["item"]))).to_pylist():
                name = row["document"]
                try:
                    tree = messages[name].item_tree(row["command"], row["item"], OPTIONS)
                    # Who asks for a tree names its type, too.
                    if tree is not None:
                        found = roots(tree.rows(options=OPTIONS).table)
                        yield mos(found, pyarrow.repeat(pyarrow.scalar(senders[name], pyarrow.string()), len(found)))
                except omadm.Error as error:
                    yield error_row("%s#%d.%d" % (name, row["command"], row["item"]), error)


def read(batches):
    """Batches of documents to batches of rows: what mapInArrow wants."""
    for batch in batches:
        documents = dict(zip(batch.column("path").to_pylist(), (octets or b"" for octets in batch.column("content").to_pylist())))
        trees = {name: octets for name, octets in documents.items() if is_tree(octets)}
        messages = {name: octets for name, octets in documents.items() if name not in trees}
        for table in itertools.chain(objects(trees), answers(messages)):
            yield from table.to_batches()


def on_spark(source, format, out):
    from pyspark.sql import SparkSession

    # Files are small: of these, many make a task. A batch of them is what one call reads.
    settings = {"spark.sql.files.openCostInBytes": 1 << 16, "spark.sql.execution.arrow.maxRecordsPerBatch": DOCUMENTS_AT_ONCE}
    session = SparkSession.builder.appName("omadm inventory").config(map=settings).getOrCreate()
    documents = session.read.option("recursiveFileLookup", "true").format(format).load(source).select("path", "content")
    types = {pyarrow.string(): "string", pyarrow.int32(): "int", pyarrow.int64(): "bigint"}
    found = documents.mapInArrow(read, ", ".join("`%s` %s" % (field.name, types[field.type]) for field in ROWS)).cache()
    for table, columns in TABLES.items():
        found.where(found["table"] == table).groupBy(*columns).count().write.mode("overwrite").parquet("%s/%s" % (out, table))
    session.stop()


def in_this_process(source, out):
    files = sorted(path for path in pathlib.Path(source).resolve().rglob("*") if path.is_file())
    batches = (
        pyarrow.record_batch({"path": ["file:%s" % path for path in some], "content": [path.read_bytes() for path in some]})
        for some in (files[start : start + DOCUMENTS_AT_ONCE] for start in range(0, len(files), DOCUMENTS_AT_ONCE))
    )
    found = pyarrow.Table.from_batches(read(batches), ROWS)
    for table, columns in TABLES.items():
        counted = found.filter(compute.equal(found["table"], table)).group_by(columns).aggregate([([], "count_all")])
        (pathlib.Path(out) / table).mkdir(parents=True, exist_ok=True)
        pyarrow.parquet.write_table(counted.rename_columns([*columns, "count"]), "%s/%s/all.parquet" % (out, table))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--local-process", action="store_true", help="without Spark")
    arguments.add_argument("--format", default="binaryFile", help="of the source, as Spark calls it: parquet, delta ... (binaryFile)")
    arguments.add_argument("source")
    arguments.add_argument("out")
    given = arguments.parse_args()
    in_this_process(given.source, given.out) if given.local_process else on_spark(given.source, given.format, given.out)
