"""Tables of any length: read as the short ones are, refused before a row of them is taken."""

from pathlib import Path

import pytest

from api.importing.seen import FirstLines
from api.importing.streaming import long_table
from api.importing.tables import UnreadableTable, read_table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_long_table_is_read_as_a_short_one(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "requests.csv"
    file.write_bytes('单号,内容\r\n"1","漏水\n两处"\r\n\r\n2\r\n 3 , 停电 ,多余\r\n'.encode(encoding))
    table = long_table(file)
    assert (table.header, table.rows) == (("单号", "内容"), 3)
    assert list(table) == list(read_table(file).rows) == list(table)
    assert [row.number for row in table] == [2, 5, 6]


def test_an_encoding_is_told_by_the_whole_file(tmp_path: Path) -> None:
    file = tmp_path / "requests.csv"
    file.write_bytes(b"a,b\n" + b"1,2\n" * 100_000 + "末,行\n".encode("gb18030"))
    table = long_table(file)
    assert (table.encoding, table.rows) == ("gb18030", 100_001)


@pytest.mark.parametrize("raw", [b"", b"a,a\n1,2\n", b"a,\n1,2\n", b'a,b\n1,2\n"1,2\n', b"a\n\xff\xff\xff\n"])
def test_what_is_no_table_is_refused_before_anything_is_read(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "requests.csv"
    file.write_bytes(raw)
    with pytest.raises(UnreadableTable):
        long_table(file)


def test_a_key_is_known_by_the_line_in_which_it_stood_first() -> None:
    with FirstLines() as lines:
        assert [lines.first(key, line) for line, key in enumerate([b"a", b"b", b"a", b"c", b"b"], start=2)] == [
            2,
            3,
            2,
            5,
            3,
        ]
