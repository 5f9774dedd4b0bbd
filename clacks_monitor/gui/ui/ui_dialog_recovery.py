"""ui/dialog_recovery.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
    QSize,
)
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QPlainTextEdit,
    QVBoxLayout,
)

from clacks_monitor.gui.kit.labels import PlainLabel

class Ui_RecoveryDialog(object):
    def setupUi(self, RecoveryDialog):
        if not RecoveryDialog.objectName():
            RecoveryDialog.setObjectName(u"RecoveryDialog")
        RecoveryDialog.setMinimumSize(QSize(520, 320))
        self.column = QVBoxLayout(RecoveryDialog)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.saved = PlainLabel(RecoveryDialog)
        self.saved.setObjectName(u"saved")
        self.saved.setWordWrap(True)

        self.column.addWidget(self.saved)

        self.details = QPlainTextEdit(RecoveryDialog)
        self.details.setObjectName(u"details")
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)

        self.column.addWidget(self.details)

        self.buttons = QDialogButtonBox(RecoveryDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Close|QDialogButtonBox.StandardButton.Open)

        self.column.addWidget(self.buttons)


        self.retranslateUi(RecoveryDialog)
    # setupUi

    def retranslateUi(self, RecoveryDialog):
        RecoveryDialog.setWindowTitle(QCoreApplication.translate("RecoveryDialog", u"Recovered data", None))
    # retranslateUi

