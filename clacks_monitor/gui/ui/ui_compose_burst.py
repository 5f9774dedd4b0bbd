"""ui/compose_burst.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
    QSize,
)
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QSpinBox,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)

from clacks_monitor.gui.kit.labels import PlainLabel

class Ui_BurstPane(object):
    def setupUi(self, BurstPane):
        if not BurstPane.objectName():
            BurstPane.setObjectName(u"BurstPane")
        self.column = QVBoxLayout(BurstPane)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(8, 8, 8, 8)
        self.planRow = QHBoxLayout()
        self.planRow.setSpacing(8)
        self.planRow.setObjectName(u"planRow")
        self.mode = QComboBox(BurstPane)
        self.mode.setObjectName(u"mode")

        self.planRow.addWidget(self.mode)

        self.count = QSpinBox(BurstPane)
        self.count.setObjectName(u"count")
        self.count.setMinimum(1)
        self.count.setMaximum(10000000)
        self.count.setValue(10)
        self.count.setProperty(u"showGroupSeparator", True)

        self.planRow.addWidget(self.count)

        self.pace = QComboBox(BurstPane)
        self.pace.setObjectName(u"pace")

        self.planRow.addWidget(self.pace)

        self.paceValue = QDoubleSpinBox(BurstPane)
        self.paceValue.setObjectName(u"paceValue")
        self.paceValue.setDecimals(2)
        self.paceValue.setMinimum(0.010000000000000)
        self.paceValue.setMaximum(100000.000000000000000)
        self.paceValue.setValue(1.000000000000000)

        self.planRow.addWidget(self.paceValue)

        self.csvButton = QPushButton(BurstPane)
        self.csvButton.setObjectName(u"csvButton")

        self.planRow.addWidget(self.csvButton)

        self.csvLabel = PlainLabel(BurstPane)
        self.csvLabel.setObjectName(u"csvLabel")
        self.csvLabel.setMinimumSize(QSize(1, 0))

        self.planRow.addWidget(self.csvLabel)

        self.planSpace = QSpacerItem(20, 20, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.planRow.addItem(self.planSpace)


        self.column.addLayout(self.planRow)

        self.progressRow = QHBoxLayout()
        self.progressRow.setSpacing(8)
        self.progressRow.setObjectName(u"progressRow")
        self.bar = QProgressBar(BurstPane)
        self.bar.setObjectName(u"bar")
        self.bar.setTextVisible(False)
        self.bar.setMaximumSize(QSize(280, 16))

        self.progressRow.addWidget(self.bar)

        self.progress = PlainLabel(BurstPane)
        self.progress.setObjectName(u"progress")
        self.progress.setWordWrap(True)
        sizePolicy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        sizePolicy.setHorizontalStretch(0)
        sizePolicy.setVerticalStretch(0)
        sizePolicy.setHeightForWidth(self.progress.sizePolicy().hasHeightForWidth())
        self.progress.setSizePolicy(sizePolicy)

        self.progressRow.addWidget(self.progress)

        self.startButton = QPushButton(BurstPane)
        self.startButton.setObjectName(u"startButton")

        self.progressRow.addWidget(self.startButton)

        self.pauseButton = QPushButton(BurstPane)
        self.pauseButton.setObjectName(u"pauseButton")

        self.progressRow.addWidget(self.pauseButton)

        self.stopButton = QPushButton(BurstPane)
        self.stopButton.setObjectName(u"stopButton")

        self.progressRow.addWidget(self.stopButton)


        self.column.addLayout(self.progressRow)

        self.scene = QWidget(BurstPane)
        self.scene.setObjectName(u"scene")
        self.sceneRow = QHBoxLayout(self.scene)
        self.sceneRow.setObjectName(u"sceneRow")
        self.sceneRow.setContentsMargins(0, 0, 0, 0)
        self.steps = QTreeWidget(self.scene)
        self.steps.setObjectName(u"steps")
        self.steps.setRootIsDecorated(False)

        self.sceneRow.addWidget(self.steps)

        self.stepButtons = QVBoxLayout()
        self.stepButtons.setObjectName(u"stepButtons")
        self.addThis = QPushButton(self.scene)
        self.addThis.setObjectName(u"addThis")

        self.stepButtons.addWidget(self.addThis)

        self.addTemplate = QPushButton(self.scene)
        self.addTemplate.setObjectName(u"addTemplate")

        self.stepButtons.addWidget(self.addTemplate)

        self.removeStep = QPushButton(self.scene)
        self.removeStep.setObjectName(u"removeStep")

        self.stepButtons.addWidget(self.removeStep)

        self.stepSpace = QSpacerItem(20, 1, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.stepButtons.addItem(self.stepSpace)


        self.sceneRow.addLayout(self.stepButtons)


        self.column.addWidget(self.scene)

        self.space = QSpacerItem(20, 1, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.space)


        self.retranslateUi(BurstPane)
    # setupUi

    def retranslateUi(self, BurstPane):
#if QT_CONFIG(accessibility)
        self.mode.setAccessibleName(QCoreApplication.translate("BurstPane", u"Events to send", None))
#endif // QT_CONFIG(accessibility)
        self.count.setSuffix(QCoreApplication.translate("BurstPane", u" times", None))
#if QT_CONFIG(accessibility)
        self.count.setAccessibleName(QCoreApplication.translate("BurstPane", u"Number of events", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(accessibility)
        self.pace.setAccessibleName(QCoreApplication.translate("BurstPane", u"Sending rate", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(accessibility)
        self.paceValue.setAccessibleName(QCoreApplication.translate("BurstPane", u"Seconds or events per second", None))
#endif // QT_CONFIG(accessibility)
        self.csvButton.setText(QCoreApplication.translate("BurstPane", u"CSV &file\u2026", None))
#if QT_CONFIG(accessibility)
        self.bar.setAccessibleName(QCoreApplication.translate("BurstPane", u"Progress of the burst", None))
#endif // QT_CONFIG(accessibility)
        self.startButton.setText(QCoreApplication.translate("BurstPane", u"&Start", None))
        self.pauseButton.setText(QCoreApplication.translate("BurstPane", u"Pa&use", None))
        self.stopButton.setText(QCoreApplication.translate("BurstPane", u"Sto&p", None))
        ___qtreewidgetitem = self.steps.headerItem()
        ___qtreewidgetitem.setText(1, QCoreApplication.translate("BurstPane", u"Then send", None))
        ___qtreewidgetitem.setText(0, QCoreApplication.translate("BurstPane", u"Wait (s)", None))
#if QT_CONFIG(accessibility)
        self.steps.setAccessibleName(QCoreApplication.translate("BurstPane", u"Events of the scenario in order", None))
#endif // QT_CONFIG(accessibility)
        self.addThis.setText(QCoreApplication.translate("BurstPane", u"&Add this event", None))
        self.addTemplate.setText(QCoreApplication.translate("BurstPane", u"Add temp&late", None))
        self.removeStep.setText(QCoreApplication.translate("BurstPane", u"Re&move", None))
        pass
    # retranslateUi

