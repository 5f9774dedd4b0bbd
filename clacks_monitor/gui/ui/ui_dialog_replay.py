"""ui/dialog_replay.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
    QSize,
)
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
)

from clacks_monitor.gui.kit.labels import PlainLabel

class Ui_ReplayDialog(object):
    def setupUi(self, ReplayDialog):
        if not ReplayDialog.objectName():
            ReplayDialog.setObjectName(u"ReplayDialog")
        ReplayDialog.setMinimumSize(QSize(460, 0))
        self.column = QVBoxLayout(ReplayDialog)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.form = QFormLayout()
        self.form.setObjectName(u"form")
        self.targetLabel = PlainLabel(ReplayDialog)
        self.targetLabel.setObjectName(u"targetLabel")

        self.form.setWidget(0, QFormLayout.ItemRole.LabelRole, self.targetLabel)

        self.target = QComboBox(ReplayDialog)
        self.target.setObjectName(u"target")

        self.form.setWidget(0, QFormLayout.ItemRole.FieldRole, self.target)

        self.scopeLabel = PlainLabel(ReplayDialog)
        self.scopeLabel.setObjectName(u"scopeLabel")

        self.form.setWidget(1, QFormLayout.ItemRole.LabelRole, self.scopeLabel)

        self.scope = QComboBox(ReplayDialog)
        self.scope.setObjectName(u"scope")

        self.form.setWidget(1, QFormLayout.ItemRole.FieldRole, self.scope)

        self.fromLabel = PlainLabel(ReplayDialog)
        self.fromLabel.setObjectName(u"fromLabel")

        self.form.setWidget(2, QFormLayout.ItemRole.LabelRole, self.fromLabel)

        self.fromTime = QLineEdit(ReplayDialog)
        self.fromTime.setObjectName(u"fromTime")

        self.form.setWidget(2, QFormLayout.ItemRole.FieldRole, self.fromTime)

        self.toLabel = PlainLabel(ReplayDialog)
        self.toLabel.setObjectName(u"toLabel")

        self.form.setWidget(3, QFormLayout.ItemRole.LabelRole, self.toLabel)

        self.to = QLineEdit(ReplayDialog)
        self.to.setObjectName(u"to")

        self.form.setWidget(3, QFormLayout.ItemRole.FieldRole, self.to)

        self.paceLabel = PlainLabel(ReplayDialog)
        self.paceLabel.setObjectName(u"paceLabel")

        self.form.setWidget(4, QFormLayout.ItemRole.LabelRole, self.paceLabel)

        self.pace = QComboBox(ReplayDialog)
        self.pace.setObjectName(u"pace")

        self.form.setWidget(4, QFormLayout.ItemRole.FieldRole, self.pace)

        self.amountLabel = PlainLabel(ReplayDialog)
        self.amountLabel.setObjectName(u"amountLabel")

        self.form.setWidget(5, QFormLayout.ItemRole.LabelRole, self.amountLabel)

        self.amount = QDoubleSpinBox(ReplayDialog)
        self.amount.setObjectName(u"amount")
        self.amount.setMinimum(0.010000000000000)
        self.amount.setMaximum(100000.000000000000000)
        self.amount.setValue(10.000000000000000)

        self.form.setWidget(5, QFormLayout.ItemRole.FieldRole, self.amount)


        self.column.addLayout(self.form)

        self.reason = PlainLabel(ReplayDialog)
        self.reason.setObjectName(u"reason")
        self.reason.setWordWrap(True)

        self.column.addWidget(self.reason)

        self.buttons = QDialogButtonBox(ReplayDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Ok)

        self.column.addWidget(self.buttons)

#if QT_CONFIG(shortcut)
        self.targetLabel.setBuddy(self.target)
        self.scopeLabel.setBuddy(self.scope)
        self.fromLabel.setBuddy(self.fromTime)
        self.toLabel.setBuddy(self.to)
        self.paceLabel.setBuddy(self.pace)
        self.amountLabel.setBuddy(self.amount)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(ReplayDialog)
    # setupUi

    def retranslateUi(self, ReplayDialog):
        ReplayDialog.setWindowTitle(QCoreApplication.translate("ReplayDialog", u"Replay", None))
        self.targetLabel.setText(QCoreApplication.translate("ReplayDialog", u"&Target", None))
        self.scopeLabel.setText(QCoreApplication.translate("ReplayDialog", u"&Events", None))
        self.fromLabel.setText(QCoreApplication.translate("ReplayDialog", u"&From", None))
        self.toLabel.setText(QCoreApplication.translate("ReplayDialog", u"&Until", None))
        self.paceLabel.setText(QCoreApplication.translate("ReplayDialog", u"S&peed", None))
        self.amountLabel.setText(QCoreApplication.translate("ReplayDialog", u"Fact&or", None))
    # retranslateUi

