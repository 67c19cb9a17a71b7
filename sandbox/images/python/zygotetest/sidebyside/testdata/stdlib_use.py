import sqlite3, csv, io, tempfile, pathlib, shutil, zipfile, xml.etree.ElementTree as ET, logging, argparse, tomllib
db = sqlite3.connect(":memory:"); db.execute("create table t(x)"); db.executemany("insert into t values(?)", [(1,), (2,)])
print(db.execute("select sum(x) from t").fetchone())
w = io.StringIO(); csv.writer(w).writerow([1, "a,b"]); print(w.getvalue())
with tempfile.TemporaryDirectory() as d:
    p = pathlib.Path(d, "f"); p.write_text("x"); print(p.read_text(), shutil.disk_usage(d).total > 0)
print(ET.fromstring("<a><b c='1'/></a>")[0].attrib, tomllib.loads("a = 1"))
logging.basicConfig(format="%(levelname)s %(message)s %(lineno)d"); logging.warning("logged"); logging.getLogger("x").error("err")
argparse.ArgumentParser(prog="p").parse_args(["--nope"])
