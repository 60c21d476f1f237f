"""Reads the files that the viewer saved with readers that are not ours, and prints what they hold as JSON.

Usage: read_exports.py FOLDER
"""

import json
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import polars
from PIL import Image

SVG = "{http://www.w3.org/2000/svg}"


def read_png(path):
    with Image.open(path) as picture:
        picture.load()
        colours = picture.convert("RGB").getcolors(1 << 24)
        return {"texts": picture.text, "colours": len(colours), "size": picture.size}


def read_svg(path):
    root = ElementTree.parse(path).getroot()
    words = [element.text or "" for element in root.iter(f"{SVG}text")]
    marks = sum(1 for name in ("path", "rect", "circle", "image") for _ in root.iter(SVG + name))
    return {
        "title": root.findtext(f"{SVG}title"),
        "description": root.findtext(f"{SVG}desc"),
        "facts": json.loads(root.findtext(f"{SVG}metadata")),
        "words": words,
        "marks": marks,
    }


def read_csv(path):
    table = polars.read_csv(path, infer_schema_length=None)
    return {
        "columns": table.columns,
        "rows": table.height,
        "runs": table["run"].unique().cast(str).to_list(),
        "questions": table["question"].unique().to_list(),
    }


def read_json(path):
    content = json.loads(path.read_text())
    rows = content.pop("rows")
    table = polars.DataFrame(rows, infer_schema_length=None, strict=False)
    return {"facts": content, "columns": table.columns, "rows": table.height}


READERS = {".png": read_png, ".svg": read_svg, ".csv": read_csv, ".json": read_json}

print(json.dumps({path.name: READERS[path.suffix](path) for path in Path(sys.argv[1]).iterdir()}))
