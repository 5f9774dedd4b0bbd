"""Saves pictures with a palette of 256 colours, a third of the size."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QPixmap


def save(pixmap: QPixmap, path: Path) -> None:
    """Save a picture as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")
    image = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    image.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE).save(path, optimize=True)
