"""ui/dialog_moment.ui as compiled by tools/designer_forms.py: change the form, not this module."""

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

class Ui_MomentDialog(object):
    def setupUi(self, MomentDialog):
        if not MomentDialog.objectName():
            MomentDialog.setObjectName(u"MomentDialog")
        MomentDialog.setMinimumSize(QSize(400, 0))
        self.column = QVBoxLayout(MomentDialog)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.label = PlainLabel(MomentDialog)
        self.label.setObjectName(u"label")

        self.column.addWidget(self.label)

        self.typed = QLineEdit(MomentDialog)
        self.typed.setObjectName(u"typed")

        self.column.addWidget(self.typed)

        self.meaning = PlainLabel(MomentDialog)
        self.meaning.setObjectName(u"meaning")
        self.meaning.setWordWrap(True)

        self.column.addWidget(self.meaning)

        self.examples = PlainLabel(MomentDialog)
        self.examples.setObjectName(u"examples")
        self.examples.setWordWrap(True)

        self.column.addWidget(self.examples)

        self.buttons = QDialogButtonBox(MomentDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Ok)

        self.column.addWidget(self.buttons)

#if QT_CONFIG(shortcut)
        self.label.setBuddy(self.typed)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(MomentDialog)
    # setupUi

    def retranslateUi(self, MomentDialog):
        self.label.setText(QCoreApplication.translate("MomentDialog", u"&Time", None))
        self.examples.setText(QCoreApplication.translate("MomentDialog", u"For example 14:02, 14:02:10, yesterday 9:00, 24.11. 14:02, 2026-11-24 14:02, now, or -5m and +1h from the selected event.", None))
        pass
    # retranslateUi

