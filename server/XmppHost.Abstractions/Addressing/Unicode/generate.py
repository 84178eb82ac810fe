#!/usr/bin/env python3
"""Writes unicode.bin from the Unicode Character Database (Debian: apt-get install unicode-data).

The server runs without ICU, so .NET has neither normalization nor bidi classes for it; this file has what RFC 8264, 5892 and 5893 ask for.
Layout, little endian: u16 combinations, each u8 category, combining class, bidi class, flags;
u16 ranges, each u32 (first code point << 11 | combination); u16 canonical decompositions, each u32 code point, first, second (0: none)
where the top bit of the code point excludes it from composition; u16 width mappings, each u16 from, to.
"""
import os
import struct
import sys

UCD = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"
LIMIT = 0x110000

# In the order of System.Globalization.UnicodeCategory.
CATEGORIES = "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Cn".split()
# In the order of BidiClass; the explicit embeddings and isolates are never allowed, so they share "other".
BIDI = "other L R AL EN ES ET AN CS NSM BN B S WS ON".split()
JOINING = "U L R D T".split()
SCRIPTS = {"Greek": 1, "Hebrew": 2, "Hiragana": 3, "Katakana": 3, "Han": 3}
COMPAT, IGNORABLE, HANGUL_JAMO = 1, 2, 4
JOINING_SHIFT, SCRIPT_SHIFT = 3, 6


def fields(name):
    with open(os.path.join(UCD, name), encoding="utf-8") as lines:
        for line in lines:
            line = line.split("#")[0].strip()
            if line:
                yield [part.strip() for part in line.split(";")]


def ranges(name):
    for parts in fields(name):
        first, _, last = parts[0].partition("..")
        yield int(first, 16), int(last or first, 16), parts[1:]


category = [CATEGORIES.index("Cn")] * LIMIT
combining = [0] * LIMIT
bidi = [0] * LIMIT
flags = [0] * LIMIT
decompositions, widths = {}, {}
started = None
for row in fields("UnicodeData.txt"):
    code = int(row[0], 16)
    first = started if row[1].endswith("Last>") else code
    started = code if row[1].endswith("First>") else None
    for c in range(first, code + 1):
        category[c] = CATEGORIES.index(row[2])
        combining[c] = int(row[3])
        bidi[c] = BIDI.index(row[4]) if row[4] in BIDI else 0
    mapping = row[5].split()
    if mapping and mapping[0] in ("<wide>", "<narrow>"):
        widths[code] = int(mapping[1], 16)
    elif mapping and not mapping[0].startswith("<"):
        decompositions[code] = [int(m, 16) for m in mapping]

excluded = set()
for first, last, values in ranges("DerivedNormalizationProps.txt"):
    for c in range(first, last + 1):
        if values[0] == "Full_Composition_Exclusion":
            excluded.add(c)
        elif values == ["NFKC_QC", "N"]:
            flags[c] |= COMPAT
for name, prop in (("DerivedCoreProperties.txt", "Default_Ignorable_Code_Point"), ("PropList.txt", "Noncharacter_Code_Point")):
    for first, last, values in ranges(name):
        if values[0] == prop:
            for c in range(first, last + 1):
                flags[c] |= IGNORABLE
for first, last, values in ranges("HangulSyllableType.txt"):
    if values[0] in ("L", "V", "T"):
        for c in range(first, last + 1):
            flags[c] |= HANGUL_JAMO
for first, last, values in ranges("extracted/DerivedJoiningType.txt"):
    if values[0] in JOINING:
        for c in range(first, last + 1):
            flags[c] |= JOINING.index(values[0]) << JOINING_SHIFT
for first, last, values in ranges("Scripts.txt"):
    for c in range(first, last + 1):
        flags[c] |= SCRIPTS.get(values[0], 0) << SCRIPT_SHIFT

combinations, spans, previous = {}, [], None
for c in range(LIMIT):
    combination = (category[c], combining[c], bidi[c], flags[c])
    if combination != previous:
        spans.append(c << 11 | combinations.setdefault(combination, len(combinations)))
        previous = combination
assert len(combinations) < 1 << 11

out = bytearray(struct.pack("<H", len(combinations)))
for combination in combinations:
    out += struct.pack("<4B", *combination)
out += struct.pack("<H", len(spans)) + struct.pack(f"<{len(spans)}I", *spans)
out += struct.pack("<H", len(decompositions))
for code, parts in sorted(decompositions.items()):
    out += struct.pack("<3I", code | (1 << 31 if code in excluded else 0), parts[0], parts[1] if len(parts) > 1 else 0)
out += struct.pack("<H", len(widths))
for code, to in sorted(widths.items()):
    out += struct.pack("<2H", code, to)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "unicode.bin"), "wb") as target:
    target.write(out)
print(len(out), "bytes,", len(combinations), "combinations,", len(spans), "ranges,", len(decompositions), "decompositions,", len(widths), "widths")
