"""Writes documents with the libraries of Dabir's predecessor, as it did: for bench/documents.ts.

Arguments: a JSON file of paragraphs, a TrueType font, how many rounds. Prints medians in milliseconds as JSON.
"""

import io
import json
import statistics
import sys
import textwrap
import time

import arabic_reshaper
from bidi.algorithm import get_display
from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas


def write_txt(paragraphs):
    return "\n\n".join(paragraphs).encode("utf-8")


def write_docx(paragraphs):
    document = Document()
    document.add_heading("متن", 0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def write_pdf(paragraphs):
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    width, height = A4
    y = height - 72
    page.setFont("Old", 12)
    for paragraph in paragraphs:
        for line in textwrap.wrap(paragraph, 90):
            if y < 72:
                page.showPage()
                page.setFont("Old", 12)
                y = height - 72
            page.drawRightString(width - 72, y, get_display(arabic_reshaper.reshape(line)))
            y -= 20
        y -= 8
    page.save()
    return out.getvalue()


def write_srt(paragraphs):
    cues = []
    for number, paragraph in enumerate(paragraphs, 1):
        start = (number - 1) * 36
        cues.append(f"{number}\n00:{start // 60 % 60:02}:{start % 60:02},000 --> 00:{(start + 36) // 60 % 60:02}:{(start + 36) % 60:02},000\n{paragraph}\n")
    return "\n".join(cues).encode("utf-8")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        paragraphs = json.load(file)
    pdfmetrics.registerFont(TTFont("Old", sys.argv[2]))
    medians = {}
    for name, write in {"txt": write_txt, "docx": write_docx, "pdf": write_pdf, "srt": write_srt}.items():
        times = []
        for _ in range(int(sys.argv[3])):
            start = time.perf_counter()
            write(paragraphs)
            times.append((time.perf_counter() - start) * 1000)
        medians[name] = statistics.median(times)
    print(json.dumps(medians))


main()
