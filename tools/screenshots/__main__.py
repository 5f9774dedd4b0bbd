"""Takes the pictures: python -m tools.screenshots [NAME ...]."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"


def main(names: list[str]) -> int:
    """Take the pictures of these scenes, or all; each in both themes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QPixmap  # after the platform is chosen
    from PySide6.QtWidgets import QApplication  # after the platform is chosen

    from clacks_monitor.core.folders import Folders  # as above
    from tools.screenshots.pictures import save  # as above
    from tools.screenshots.scenes import SCENES  # as above
    from tools.screenshots.stage import Stage  # as above

    app = QApplication(["screenshots", "-style", "fusion"])
    app.setApplicationName("Clacks Event Monitor")
    app.setQuitOnLastWindowClosed(False)
    for scene in SCENES:
        if names and scene.name not in names:
            continue
        for theme, suffix in (("light", ""), ("dark", "-dark")):
            with tempfile.TemporaryDirectory() as folder:
                stage = Stage(scene, theme, Folders.below(Path(folder)))
                pictures: list[object] = []
                stage.done.connect(pictures.append)
                while not pictures:
                    app.processEvents()
                    stage.thread().msleep(5)
                stage.close()
                path = FOLDER / f"{scene.name}{suffix}.png"
                if not isinstance(pictures[0], QPixmap):
                    sys.stderr.write(f"{scene.name}: the picture could not be taken.\n")
                    return 1
                save(pictures[0], path)
                sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")
                sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
