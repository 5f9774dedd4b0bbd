"""ui/dialog_difference.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
    QSize,
)
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QGridLayout,
    QPlainTextEdit,
    QVBoxLayout,
)

from clacks_monitor.gui.detail.text_pane import TextPane
from clacks_monitor.gui.kit.labels import PlainLabel

class Ui_DifferenceDialog(object):
    def setupUi(self, DifferenceDialog):
        if not DifferenceDialog.objectName():
            DifferenceDialog.setObjectName(u"DifferenceDialog")
        DifferenceDialog.setMinimumSize(QSize(900, 520))
        self.column = QVBoxLayout(DifferenceDialog)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.grid = QGridLayout()
        self.grid.setSpacing(8)
        self.grid.setObjectName(u"grid")
        self.leftTitle = PlainLabel(DifferenceDialog)
        self.leftTitle.setObjectName(u"leftTitle")

        self.grid.addWidget(self.leftTitle, 0, 0, 1, 1)

        self.rightTitle = PlainLabel(DifferenceDialog)
        self.rightTitle.setObjectName(u"rightTitle")

        self.grid.addWidget(self.rightTitle, 0, 1, 1, 1)

        self.left = TextPane(DifferenceDialog)
        self.left.setObjectName(u"left")
        self.left.setReadOnly(True)
        self.left.setTabChangesFocus(True)
        self.left.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)

        self.grid.addWidget(self.left, 1, 0, 1, 1)

        self.right = TextPane(DifferenceDialog)
        self.right.setObjectName(u"right")
        self.right.setReadOnly(True)
        self.right.setTabChangesFocus(True)
        self.right.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)

        self.grid.addWidget(self.right, 1, 1, 1, 1)


        self.column.addLayout(self.grid)

        self.summary = PlainLabel(DifferenceDialog)
        self.summary.setObjectName(u"summary")

        self.column.addWidget(self.summary)

        self.buttons = QDialogButtonBox(DifferenceDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Close)

        self.column.addWidget(self.buttons)


        self.retranslateUi(DifferenceDialog)
    # setupUi

    def retranslateUi(self, DifferenceDialog):
        DifferenceDialog.setWindowTitle(QCoreApplication.translate("DifferenceDialog", u"Compare two events", None))
    # retranslateUi

