"""ui/dialog_password.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
    QSize,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QLineEdit,
    QVBoxLayout,
)

from clacks_monitor.gui.kit.labels import PlainLabel

class Ui_PasswordPrompt(object):
    def setupUi(self, PasswordPrompt):
        if not PasswordPrompt.objectName():
            PasswordPrompt.setObjectName(u"PasswordPrompt")
        self.column = QVBoxLayout(PasswordPrompt)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.ask = PlainLabel(PasswordPrompt)
        self.ask.setObjectName(u"ask")

        self.column.addWidget(self.ask)

        self.password = QLineEdit(PasswordPrompt)
        self.password.setObjectName(u"password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMinimumSize(QSize(320, 0))

        self.column.addWidget(self.password)

        self.remember = QCheckBox(PasswordPrompt)
        self.remember.setObjectName(u"remember")

        self.column.addWidget(self.remember)

        self.buttons = QDialogButtonBox(PasswordPrompt)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Ok)

        self.column.addWidget(self.buttons)

#if QT_CONFIG(shortcut)
        self.ask.setBuddy(self.password)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(PasswordPrompt)
    # setupUi

    def retranslateUi(self, PasswordPrompt):
        PasswordPrompt.setWindowTitle(QCoreApplication.translate("PasswordPrompt", u"Password", None))
        self.remember.setText(QCoreApplication.translate("PasswordPrompt", u"&Save it in the system keyring", None))
    # retranslateUi

