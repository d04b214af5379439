#!/usr/bin/env python3
"""Makes Unicode.txt from the Unicode Character Database: make-tables.py FOLDER > Unicode.txt

FOLDER is the database as published (Debian's package unicode-data installs it in /usr/share/unicode). Which code points names may have is derived by the
algorithm of RFC 8264 section 8 for the IdentifierClass, without letters that are blank.
"""
import re
import sys

folder = sys.argv[1]


def lines(name):
    with open(f"{folder}/{name}", encoding="utf-8") as file:
        for line in file:
            if line := line.split("#")[0].strip():
                yield [field.strip() for field in line.split(";")]


def points(text):
    first, _, last = text.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def property_of(name, value=None):
    return {point: fields[1] for fields in lines(name) if value in (None, fields[1]) for point in points(fields[0])}


category, combining, bidi, decomposition = {}, {}, {}, {}
start = 0
for fields in lines("UnicodeData.txt"):
    point = int(fields[0], 16)
    if fields[1].endswith("First>"):
        start = point
        continue
    for each in range(start if fields[1].endswith("Last>") else point, point + 1):
        category[each], bidi[each] = fields[2], fields[4]
    if fields[3] != "0":
        combining[point] = int(fields[3])
    if fields[5]:
        decomposition[point] = fields[5].split()

excluded = property_of("DerivedNormalizationProps.txt", "Full_Composition_Exclusion")
canonical = {point: [int(part, 16) for part in parts] for point, parts in decomposition.items() if not parts[0].startswith("<")}
width = {point: int(parts[1], 16) for point, parts in decomposition.items() if parts[0] in ("<wide>", "<narrow>")}
ignorable = property_of("DerivedCoreProperties.txt", "Default_Ignorable_Code_Point")
noncharacter = property_of("PropList.txt", "Noncharacter_Code_Point")
old_jamo = {point for point, kind in property_of("HangulSyllableType.txt").items() if kind in ("L", "V", "T")}
script = property_of("Scripts.txt")
extensions = property_of("ScriptExtensions.txt")
short = {fields[2]: fields[1] for fields in lines("PropertyValueAliases.txt") if fields[0] == "sc"}
joining = property_of("extracted/DerivedJoiningType.txt")


def has_compat(point):
    parts = decomposition.get(point)
    return parts is not None and (parts[0].startswith("<") or point in excluded or any(has_compat(int(part, 16)) for part in parts))


exceptions = {0xDF: True, 0x3C2: True, 0x6FD: True, 0x6FE: True, 0xF0B: True, 0x3007: True, 0xB7: True, 0x375: True, 0x5F3: True, 0x5F4: True, 0x30FB: True,
              0x640: False, 0x7FA: False, 0x302E: False, 0x302F: False, 0x303B: False}
exceptions |= {point: True for first in (0x660, 0x6F0) for point in range(first, first + 10)}
exceptions |= {point: False for point in range(0x3031, 0x3036)}

# Symbols, letters and marks whose glyph is empty; no property says so.
blank = {0x2800, 0x13441, 0x13442, 0x16FE4, 0x1D159}


def may_be_in_names(point):
    if point in exceptions:
        return exceptions[point]
    if 0x21 <= point <= 0x7E or point in (0x200C, 0x200D):
        return True
    if point not in category or point in old_jamo or point in ignorable or point in blank or point in noncharacter or has_compat(point):
        return False
    return category[point] in ("Ll", "Lu", "Lo", "Nd", "Lm", "Mn", "Mc")


def is_visible(point):
    return category.get(point, "Cn")[0] in "LMNPS" and point not in ignorable and point not in blank


def table(title, rows):
    print(f"[{title}]")
    for point, row in sorted(rows.items()):
        print(f"{point:04X} {row}")


def ranges(title, rows):
    merged = []
    for point, row in sorted(rows.items()):
        if merged and merged[-1][1] == point - 1 and merged[-1][2] == row:
            merged[-1][1] = point
        else:
            merged.append([point, point, row])
    print(f"[{title}]")
    for first, last, row in merged:
        print(f"{first:04X}{'' if first == last else f'-{last:04X}'} {row}".rstrip())


version = re.search(r"-(\d+\.\d+\.\d+)\.txt", open(f"{folder}/Scripts.txt", encoding="utf-8").readline()).group(1)
print(f"""# Derived from the Unicode Character Database {version} by make-tables.py.
# Sections: code points that names may have (RFC 8264), with script extensions, bidirectional class and joining type; wide and narrow forms and what they
# stand for; code points that one sees; canonical combining classes; canonical decompositions, those with an exclamation mark never composed.
#
# Copyright 1991-2022 Unicode, Inc. All rights reserved. Distributed under the Terms of Use in https://www.unicode.org/copyright.html.
# Permission is hereby granted, free of charge, to any person obtaining a copy of the Unicode data files and any associated documentation (the "Data Files") or
# Unicode software and any associated documentation (the "Software") to deal in the Data Files or Software without restriction, including without limitation the
# rights to use, copy, modify, merge, publish, distribute, and/or sell copies of the Data Files or Software, and to permit persons to whom the Data Files or
# Software are furnished to do so, provided that either (a) this copyright and permission notice appear with all copies of the Data Files or Software, or (b) this
# copyright and permission notice appear in associated Documentation.
# THE DATA FILES AND SOFTWARE ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
# MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT OF THIRD PARTY RIGHTS. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR HOLDERS INCLUDED IN THIS
# NOTICE BE LIABLE FOR ANY CLAIM, OR ANY SPECIAL INDIRECT OR CONSEQUENTIAL DAMAGES, OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER
# IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THE DATA FILES OR SOFTWARE.
# Except as contained in this notice, the name of a copyright holder shall not be used in advertising or otherwise to promote the sale, use or other dealings in
# these Data Files or Software without prior written authorization of the copyright holder.""")
ranges("names", {
    point: f"{extensions.get(point, short[script.get(point, 'Unknown')]).replace(' ', ',')} {bidi[point]} {joining.get(point, 'U')}"
    for point in range(0x110000) if may_be_in_names(point)})
table("width", {point: f"{plain:04X}" for point, plain in width.items()})
ranges("visible", {point: "" for point in range(0x110000) if is_visible(point)})
ranges("combining", combining)
table("canonical", {
    point: ("!" if point in excluded else "") + " ".join(f"{part:04X}" for part in parts) for point, parts in canonical.items()})
