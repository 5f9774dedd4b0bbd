"""ui/dialog_template.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
)
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
)

from clacks_monitor.gui.kit.labels import PlainLabel

class Ui_TemplateDialog(object):
    def setupUi(self, TemplateDialog):
        if not TemplateDialog.objectName():
            TemplateDialog.setObjectName(u"TemplateDialog")
        self.column = QVBoxLayout(TemplateDialog)
        self.column.setObjectName(u"column")
        self.form = QFormLayout()
        self.form.setObjectName(u"form")
        self.nameLabel = PlainLabel(TemplateDialog)
        self.nameLabel.setObjectName(u"nameLabel")

        self.form.setWidget(0, QFormLayout.ItemRole.LabelRole, self.nameLabel)

        self.name = QLineEdit(TemplateDialog)
        self.name.setObjectName(u"name")

        self.form.setWidget(0, QFormLayout.ItemRole.FieldRole, self.name)

        self.folderLabel = PlainLabel(TemplateDialog)
        self.folderLabel.setObjectName(u"folderLabel")

        self.form.setWidget(1, QFormLayout.ItemRole.LabelRole, self.folderLabel)

        self.folder = QComboBox(TemplateDialog)
        self.folder.setObjectName(u"folder")
        self.folder.setEditable(True)

        self.form.setWidget(1, QFormLayout.ItemRole.FieldRole, self.folder)

        self.notesLabel = PlainLabel(TemplateDialog)
        self.notesLabel.setObjectName(u"notesLabel")

        self.form.setWidget(2, QFormLayout.ItemRole.LabelRole, self.notesLabel)

        self.notes = QPlainTextEdit(TemplateDialog)
        self.notes.setObjectName(u"notes")
        self.notes.setTabChangesFocus(True)

        self.form.setWidget(2, QFormLayout.ItemRole.FieldRole, self.notes)


        self.column.addLayout(self.form)

        self.buttons = QDialogButtonBox(TemplateDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Save)

        self.column.addWidget(self.buttons)

#if QT_CONFIG(shortcut)
        self.nameLabel.setBuddy(self.name)
        self.folderLabel.setBuddy(self.folder)
        self.notesLabel.setBuddy(self.notes)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(TemplateDialog)
    # setupUi

    def retranslateUi(self, TemplateDialog):
        TemplateDialog.setWindowTitle(QCoreApplication.translate("TemplateDialog", u"Template", None))
        self.nameLabel.setText(QCoreApplication.translate("TemplateDialog", u"&Name", None))
        self.folderLabel.setText(QCoreApplication.translate("TemplateDialog", u"&Folder", None))
        self.notesLabel.setText(QCoreApplication.translate("TemplateDialog", u"N&otes", None))
    # retranslateUi

