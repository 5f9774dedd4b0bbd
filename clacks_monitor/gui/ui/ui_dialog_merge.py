"""ui/dialog_merge.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
    QSize,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
)

from clacks_monitor.gui.kit.labels import PlainLabel

class Ui_MergeDialog(object):
    def setupUi(self, MergeDialog):
        if not MergeDialog.objectName():
            MergeDialog.setObjectName(u"MergeDialog")
        MergeDialog.setMinimumSize(QSize(520, 300))
        self.column = QVBoxLayout(MergeDialog)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.explanation = PlainLabel(MergeDialog)
        self.explanation.setObjectName(u"explanation")
        self.explanation.setWordWrap(True)

        self.column.addWidget(self.explanation)

        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self.row.setObjectName(u"row")
        self.files = QListWidget(MergeDialog)
        self.files.setObjectName(u"files")
        self.files.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

        self.row.addWidget(self.files)

        self.sideButtons = QVBoxLayout()
        self.sideButtons.setSpacing(4)
        self.sideButtons.setObjectName(u"sideButtons")
        self.addButton = QPushButton(MergeDialog)
        self.addButton.setObjectName(u"addButton")

        self.sideButtons.addWidget(self.addButton)

        self.removeButton = QPushButton(MergeDialog)
        self.removeButton.setObjectName(u"removeButton")

        self.sideButtons.addWidget(self.removeButton)

        self.space = QSpacerItem(20, 40, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.sideButtons.addItem(self.space)


        self.row.addLayout(self.sideButtons)


        self.column.addLayout(self.row)

        self.buttons = QDialogButtonBox(MergeDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Save)

        self.column.addWidget(self.buttons)


        self.retranslateUi(MergeDialog)
    # setupUi

    def retranslateUi(self, MergeDialog):
        MergeDialog.setWindowTitle(QCoreApplication.translate("MergeDialog", u"Merge captures", None))
        self.explanation.setText(QCoreApplication.translate("MergeDialog", u"The entries of these captures are written to a new one in the order of their arrival. The captures themselves are not changed.", None))
        self.addButton.setText(QCoreApplication.translate("MergeDialog", u"&Add\u2026", None))
        self.removeButton.setText(QCoreApplication.translate("MergeDialog", u"&Remove", None))
    # retranslateUi

