"""ui/dialog_limits.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
    QSize,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
)

from clacks_monitor.gui.kit.labels import PlainLabel

class Ui_LimitsDialog(object):
    def setupUi(self, LimitsDialog):
        if not LimitsDialog.objectName():
            LimitsDialog.setObjectName(u"LimitsDialog")
        LimitsDialog.setMinimumSize(QSize(420, 0))
        self.column = QVBoxLayout(LimitsDialog)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.explanation = PlainLabel(LimitsDialog)
        self.explanation.setObjectName(u"explanation")
        self.explanation.setWordWrap(True)

        self.column.addWidget(self.explanation)

        self.form = QFormLayout()
        self.form.setObjectName(u"form")
        self.sizeLabel = PlainLabel(LimitsDialog)
        self.sizeLabel.setObjectName(u"sizeLabel")

        self.form.setWidget(0, QFormLayout.ItemRole.LabelRole, self.sizeLabel)

        self.size = QSpinBox(LimitsDialog)
        self.size.setObjectName(u"size")
        self.size.setMaximum(10000000)
        self.size.setSingleStep(100)

        self.form.setWidget(0, QFormLayout.ItemRole.FieldRole, self.size)

        self.ageLabel = PlainLabel(LimitsDialog)
        self.ageLabel.setObjectName(u"ageLabel")

        self.form.setWidget(1, QFormLayout.ItemRole.LabelRole, self.ageLabel)

        self.age = QSpinBox(LimitsDialog)
        self.age.setObjectName(u"age")
        self.age.setMaximum(100000)

        self.form.setWidget(1, QFormLayout.ItemRole.FieldRole, self.age)

        self.countLabel = PlainLabel(LimitsDialog)
        self.countLabel.setObjectName(u"countLabel")

        self.form.setWidget(2, QFormLayout.ItemRole.LabelRole, self.countLabel)

        self.count = QSpinBox(LimitsDialog)
        self.count.setObjectName(u"count")
        self.count.setMaximum(1000000000)
        self.count.setSingleStep(10000)

        self.form.setWidget(2, QFormLayout.ItemRole.FieldRole, self.count)


        self.column.addLayout(self.form)

        self.always = QCheckBox(LimitsDialog)
        self.always.setObjectName(u"always")

        self.column.addWidget(self.always)

        self.buttons = QDialogButtonBox(LimitsDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Ok)

        self.column.addWidget(self.buttons)

#if QT_CONFIG(shortcut)
        self.sizeLabel.setBuddy(self.size)
        self.ageLabel.setBuddy(self.age)
        self.countLabel.setBuddy(self.count)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(LimitsDialog)
    # setupUi

    def retranslateUi(self, LimitsDialog):
        LimitsDialog.setWindowTitle(QCoreApplication.translate("LimitsDialog", u"Limits of the capture", None))
        self.explanation.setText(QCoreApplication.translate("LimitsDialog", u"When a limit is exceeded, the oldest entries are removed with their marks and comments.", None))
        self.sizeLabel.setText(QCoreApplication.translate("LimitsDialog", u"&Size", None))
        self.size.setSpecialValueText(QCoreApplication.translate("LimitsDialog", u"unlimited", None))
        self.size.setSuffix(QCoreApplication.translate("LimitsDialog", u" MB", None))
        self.ageLabel.setText(QCoreApplication.translate("LimitsDialog", u"&Age", None))
        self.age.setSpecialValueText(QCoreApplication.translate("LimitsDialog", u"unlimited", None))
        self.age.setSuffix(QCoreApplication.translate("LimitsDialog", u" hours", None))
        self.countLabel.setText(QCoreApplication.translate("LimitsDialog", u"&Entries", None))
        self.count.setSpecialValueText(QCoreApplication.translate("LimitsDialog", u"unlimited", None))
        self.always.setText(QCoreApplication.translate("LimitsDialog", u"Also for captures started &later", None))
    # retranslateUi

