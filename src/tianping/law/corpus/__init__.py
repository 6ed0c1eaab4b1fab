"""法规文本 · Statute texts that the user imports from a folder, so that a page can quote the article it cites.

No text is shipped. :func:`import_corpus` reads a folder of Markdown files into one local file; :func:`open_corpus` opens it;
:meth:`Corpus.article_text` gives the text behind a citation.
"""

from __future__ import annotations

from tianping.law.corpus.importing import import_corpus, read_corpus
from tianping.law.corpus.markdown import Article, Text, parse_text
from tianping.law.corpus.numerals import numeral, numeral_value
from tianping.law.corpus.report import Coverage, ImportReport
from tianping.law.corpus.store import Corpus, NotInCorpus, Quoted, open_corpus, write_corpus

__all__ = [
    "Article",
    "Corpus",
    "Coverage",
    "ImportReport",
    "NotInCorpus",
    "Quoted",
    "Text",
    "import_corpus",
    "numeral",
    "numeral_value",
    "open_corpus",
    "parse_text",
    "read_corpus",
    "write_corpus",
]
