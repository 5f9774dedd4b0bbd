"""ui/dialog_confirm.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
    QSize,
)
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLineEdit,
    QVBoxLayout,
)

from clacks_monitor.gui.kit.labels import PlainLabel

class Ui_ConfirmDialog(object):
    def setupUi(self, ConfirmDialog):
        if not ConfirmDialog.objectName():
            ConfirmDialog.setObjectName(u"ConfirmDialog")
        ConfirmDialog.setMinimumSize(QSize(440, 0))
        self.column = QVBoxLayout(ConfirmDialog)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.what = PlainLabel(ConfirmDialog)
        self.what.setObjectName(u"what")
        self.what.setWordWrap(True)

        self.column.addWidget(self.what)

        self.effects = PlainLabel(ConfirmDialog)
        self.effects.setObjectName(u"effects")
        self.effects.setWordWrap(True)

        self.column.addWidget(self.effects)

        self.ask = PlainLabel(ConfirmDialog)
        self.ask.setObjectName(u"ask")
        self.ask.setWordWrap(True)

        self.column.addWidget(self.ask)

        self.typed = QLineEdit(ConfirmDialog)
        self.typed.setObjectName(u"typed")

        self.column.addWidget(self.typed)

        self.buttons = QDialogButtonBox(ConfirmDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Ok)

        self.column.addWidget(self.buttons)

#if QT_CONFIG(shortcut)
        self.ask.setBuddy(self.typed)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(ConfirmDialog)
    # setupUi

    def retranslateUi(self, ConfirmDialog):
        ConfirmDialog.setWindowTitle(QCoreApplication.translate("ConfirmDialog", u"Send to production?", None))
    # retranslateUi

