import sys
before = set(sys.modules)
for name in "threading asyncio unittest logging multiprocessing concurrent.futures subprocess tempfile xml.etree.ElementTree urllib.request http.client email argparse pickle csv sqlite3 ssl zlib bz2 lzma hashlib socket selectors zoneinfo importlib.metadata inspect ast dis tokenize pdb doctest curses.ascii".split():
    __import__(name)
    now = set(sys.modules)
    print(name, sorted(now - before))
    before = now
