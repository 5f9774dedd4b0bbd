"""ui/dialog_export.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
    QSize,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QListWidget,
    QVBoxLayout,
)

from clacks_monitor.gui.kit.labels import PlainLabel

class Ui_ExportDialog(object):
    def setupUi(self, ExportDialog):
        if not ExportDialog.objectName():
            ExportDialog.setObjectName(u"ExportDialog")
        ExportDialog.setMinimumSize(QSize(420, 0))
        self.column = QVBoxLayout(ExportDialog)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.form = QFormLayout()
        self.form.setObjectName(u"form")
        self.scopeLabel = PlainLabel(ExportDialog)
        self.scopeLabel.setObjectName(u"scopeLabel")

        self.form.setWidget(0, QFormLayout.ItemRole.LabelRole, self.scopeLabel)

        self.scope = QComboBox(ExportDialog)
        self.scope.setObjectName(u"scope")

        self.form.setWidget(0, QFormLayout.ItemRole.FieldRole, self.scope)

        self.formatLabel = PlainLabel(ExportDialog)
        self.formatLabel.setObjectName(u"formatLabel")

        self.form.setWidget(1, QFormLayout.ItemRole.LabelRole, self.formatLabel)

        self.format = QComboBox(ExportDialog)
        self.format.setObjectName(u"format")

        self.form.setWidget(1, QFormLayout.ItemRole.FieldRole, self.format)


        self.column.addLayout(self.form)

        self.note = PlainLabel(ExportDialog)
        self.note.setObjectName(u"note")
        self.note.setWordWrap(True)

        self.column.addWidget(self.note)

        self.columnsLabel = PlainLabel(ExportDialog)
        self.columnsLabel.setObjectName(u"columnsLabel")

        self.column.addWidget(self.columnsLabel)

        self.columns = QListWidget(ExportDialog)
        self.columns.setObjectName(u"columns")
        self.columns.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.columns.setMinimumSize(QSize(0, 180))

        self.column.addWidget(self.columns)

        self.bodies = QCheckBox(ExportDialog)
        self.bodies.setObjectName(u"bodies")

        self.column.addWidget(self.bodies)

        self.buttons = QDialogButtonBox(ExportDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Save)

        self.column.addWidget(self.buttons)

#if QT_CONFIG(shortcut)
        self.scopeLabel.setBuddy(self.scope)
        self.formatLabel.setBuddy(self.format)
        self.columnsLabel.setBuddy(self.columns)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(ExportDialog)
    # setupUi

    def retranslateUi(self, ExportDialog):
        ExportDialog.setWindowTitle(QCoreApplication.translate("ExportDialog", u"Export events", None))
        self.scopeLabel.setText(QCoreApplication.translate("ExportDialog", u"E&vents", None))
        self.formatLabel.setText(QCoreApplication.translate("ExportDialog", u"&Format", None))
        self.columnsLabel.setText(QCoreApplication.translate("ExportDialog", u"&Columns (drag to reorder)", None))
        self.bodies.setText(QCoreApplication.translate("ExportDialog", u"Include &event text, collapsed", None))
    # retranslateUi

