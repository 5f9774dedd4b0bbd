"""ui/compose.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QAction,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QMenuBar,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from clacks_monitor.gui.compose.type_chooser import TypeChooser
from clacks_monitor.gui.kit.labels import PlainLabel

class Ui_ComposeWindow(object):
    def setupUi(self, ComposeWindow):
        if not ComposeWindow.objectName():
            ComposeWindow.setObjectName(u"ComposeWindow")
        ComposeWindow.resize(1120, 760)
        self.actionClear = QAction(ComposeWindow)
        self.actionClear.setObjectName(u"actionClear")
#if QT_CONFIG(shortcut)
        self.actionClear.setShortcut(u"Ctrl+N")
#endif // QT_CONFIG(shortcut)
        self.actionSample = QAction(ComposeWindow)
        self.actionSample.setObjectName(u"actionSample")
#if QT_CONFIG(shortcut)
        self.actionSample.setShortcut(u"Ctrl+Shift+N")
#endif // QT_CONFIG(shortcut)
        self.actionSaveTemplate = QAction(ComposeWindow)
        self.actionSaveTemplate.setObjectName(u"actionSaveTemplate")
#if QT_CONFIG(shortcut)
        self.actionSaveTemplate.setShortcut(u"Ctrl+S")
#endif // QT_CONFIG(shortcut)
        self.actionSend = QAction(ComposeWindow)
        self.actionSend.setObjectName(u"actionSend")
#if QT_CONFIG(shortcut)
        self.actionSend.setShortcut(u"Ctrl+Return")
#endif // QT_CONFIG(shortcut)
        self.actionClose = QAction(ComposeWindow)
        self.actionClose.setObjectName(u"actionClose")
#if QT_CONFIG(shortcut)
        self.actionClose.setShortcut(u"Ctrl+W")
#endif // QT_CONFIG(shortcut)
        self.actionUndo = QAction(ComposeWindow)
        self.actionUndo.setObjectName(u"actionUndo")
#if QT_CONFIG(shortcut)
        self.actionUndo.setShortcut(u"Ctrl+Z")
#endif // QT_CONFIG(shortcut)
        self.actionRedo = QAction(ComposeWindow)
        self.actionRedo.setObjectName(u"actionRedo")
#if QT_CONFIG(shortcut)
        self.actionRedo.setShortcut(u"Ctrl+Shift+Z")
#endif // QT_CONFIG(shortcut)
        self.actionNextProblem = QAction(ComposeWindow)
        self.actionNextProblem.setObjectName(u"actionNextProblem")
#if QT_CONFIG(shortcut)
        self.actionNextProblem.setShortcut(u"F8")
#endif // QT_CONFIG(shortcut)
        self.actionSwitchSide = QAction(ComposeWindow)
        self.actionSwitchSide.setObjectName(u"actionSwitchSide")
#if QT_CONFIG(shortcut)
        self.actionSwitchSide.setShortcut(u"F6")
#endif // QT_CONFIG(shortcut)
        self.actionHelpTexts = QAction(ComposeWindow)
        self.actionHelpTexts.setObjectName(u"actionHelpTexts")
        self.actionHelpTexts.setCheckable(True)
        self.actionHelpTexts.setChecked(True)
#if QT_CONFIG(shortcut)
        self.actionHelpTexts.setShortcut(u"Shift+F1")
#endif // QT_CONFIG(shortcut)
        self.actionPreview = QAction(ComposeWindow)
        self.actionPreview.setObjectName(u"actionPreview")
        self.actionPreview.setCheckable(True)
#if QT_CONFIG(shortcut)
        self.actionPreview.setShortcut(u"F7")
#endif // QT_CONFIG(shortcut)
        self.central = QWidget(ComposeWindow)
        self.central.setObjectName(u"central")
        self.column = QVBoxLayout(self.central)
        self.column.setSpacing(0)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.band = QFrame(self.central)
        self.band.setObjectName(u"band")
        self.band.setVisible(False)
        self.bandRow = QHBoxLayout(self.band)
        self.bandRow.setObjectName(u"bandRow")
        self.bandRow.setContentsMargins(8, 4, 8, 4)
        self.bandLabel = PlainLabel(self.band)
        self.bandLabel.setObjectName(u"bandLabel")

        self.bandRow.addWidget(self.bandLabel)


        self.column.addWidget(self.band)

        self.header = QWidget(self.central)
        self.header.setObjectName(u"header")
        self.headerGrid = QGridLayout(self.header)
        self.headerGrid.setObjectName(u"headerGrid")
        self.headerGrid.setHorizontalSpacing(8)
        self.headerGrid.setVerticalSpacing(4)
        self.headerGrid.setContentsMargins(8, 8, 8, 8)
        self.typeLabel = PlainLabel(self.header)
        self.typeLabel.setObjectName(u"typeLabel")

        self.headerGrid.addWidget(self.typeLabel, 0, 0, 1, 1)

        self.typeChooser = TypeChooser(self.header)
        self.typeChooser.setObjectName(u"typeChooser")
        self.typeChooser.setMinimumSize(QSize(240, 0))

        self.headerGrid.addWidget(self.typeChooser, 0, 1, 1, 1)

        self.connectionLabel = PlainLabel(self.header)
        self.connectionLabel.setObjectName(u"connectionLabel")
        self.connectionLabel.setMinimumSize(QSize(20, 0))

        self.headerGrid.addWidget(self.connectionLabel, 0, 2, 1, 1)

        self.connectionChooser = QComboBox(self.header)
        self.connectionChooser.setObjectName(u"connectionChooser")
        self.connectionChooser.setMinimumSize(QSize(200, 0))

        self.headerGrid.addWidget(self.connectionChooser, 0, 3, 1, 1)

        self.viaLabel = PlainLabel(self.header)
        self.viaLabel.setObjectName(u"viaLabel")

        self.headerGrid.addWidget(self.viaLabel, 0, 4, 1, 1)

        self.viaChooser = QComboBox(self.header)
        self.viaChooser.setObjectName(u"viaChooser")

        self.headerGrid.addWidget(self.viaChooser, 0, 5, 1, 1)

        self.headerSpace = QSpacerItem(40, 20, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.headerGrid.addItem(self.headerSpace, 0, 6, 1, 1)

        self.documentation = PlainLabel(self.header)
        self.documentation.setObjectName(u"documentation")
        self.documentation.setWordWrap(True)

        self.headerGrid.addWidget(self.documentation, 1, 0, 1, 7)


        self.column.addWidget(self.header)

        self.rows = QSplitter(self.central)
        self.rows.setObjectName(u"rows")
        self.rows.setOrientation(Qt.Orientation.Vertical)
        self.rows.setChildrenCollapsible(False)
        self.sides = QSplitter(self.rows)
        self.sides.setObjectName(u"sides")
        self.sides.setOrientation(Qt.Orientation.Horizontal)
        self.sides.setChildrenCollapsible(False)
        self.formStack = QStackedWidget(self.sides)
        self.formStack.setObjectName(u"formStack")
        self.formView = QWidget()
        self.formView.setObjectName(u"formView")
        self.formStack.addWidget(self.formView)
        self.noForm = QWidget()
        self.noForm.setObjectName(u"noForm")
        self.noFormColumn = QVBoxLayout(self.noForm)
        self.noFormColumn.setObjectName(u"noFormColumn")
        self.noFormColumn.setContentsMargins(8, 8, 8, 8)
        self.noFormLabel = PlainLabel(self.noForm)
        self.noFormLabel.setObjectName(u"noFormLabel")
        self.noFormLabel.setWordWrap(True)

        self.noFormColumn.addWidget(self.noFormLabel)

        self.noFormSpace = QSpacerItem(20, 40, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.noFormColumn.addItem(self.noFormSpace)

        self.formStack.addWidget(self.noForm)
        self.sides.addWidget(self.formStack)
        self.xmlPane = QWidget(self.sides)
        self.xmlPane.setObjectName(u"xmlPane")
        self.sides.addWidget(self.xmlPane)
        self.rows.addWidget(self.sides)
        self.tabs = QTabWidget(self.rows)
        self.tabs.setObjectName(u"tabs")
        self.tabs.setDocumentMode(True)
        self.rows.addWidget(self.tabs)

        self.column.addWidget(self.rows)

        self.footer = QFrame(self.central)
        self.footer.setObjectName(u"footer")
        self.footer.setMinimumSize(QSize(0, 52))
        self.footerRow = QHBoxLayout(self.footer)
        self.footerRow.setSpacing(8)
        self.footerRow.setObjectName(u"footerRow")
        self.footerRow.setContentsMargins(8, 8, 8, 8)
        self.said = QVBoxLayout()
        self.said.setSpacing(4)
        self.said.setObjectName(u"said")
        self.outcome = QWidget(self.footer)
        self.outcome.setObjectName(u"outcome")

        self.said.addWidget(self.outcome)

        self.saidSpace = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.said.addItem(self.saidSpace)

        self.reason = QWidget(self.footer)
        self.reason.setObjectName(u"reason")

        self.said.addWidget(self.reason)


        self.footerRow.addLayout(self.said)

        self.brokenBox = QCheckBox(self.footer)
        self.brokenBox.setObjectName(u"brokenBox")

        self.footerRow.addWidget(self.brokenBox)

        self.sendButton = QPushButton(self.footer)
        self.sendButton.setObjectName(u"sendButton")

        self.footerRow.addWidget(self.sendButton)


        self.column.addWidget(self.footer)

        ComposeWindow.setCentralWidget(self.central)
        self.menuBar = QMenuBar(ComposeWindow)
        self.menuBar.setObjectName(u"menuBar")
        self.eventMenu = QMenu(self.menuBar)
        self.eventMenu.setObjectName(u"eventMenu")
        self.editMenu = QMenu(self.menuBar)
        self.editMenu.setObjectName(u"editMenu")
        self.placeholderMenu = QMenu(self.editMenu)
        self.placeholderMenu.setObjectName(u"placeholderMenu")
        self.viewMenu = QMenu(self.menuBar)
        self.viewMenu.setObjectName(u"viewMenu")
        ComposeWindow.setMenuBar(self.menuBar)
#if QT_CONFIG(shortcut)
        self.typeLabel.setBuddy(self.typeChooser)
        self.connectionLabel.setBuddy(self.connectionChooser)
        self.viaLabel.setBuddy(self.viaChooser)
#endif // QT_CONFIG(shortcut)

        self.menuBar.addAction(self.eventMenu.menuAction())
        self.menuBar.addAction(self.editMenu.menuAction())
        self.menuBar.addAction(self.viewMenu.menuAction())
        self.eventMenu.addAction(self.actionClear)
        self.eventMenu.addAction(self.actionSample)
        self.eventMenu.addSeparator()
        self.eventMenu.addAction(self.actionSaveTemplate)
        self.eventMenu.addSeparator()
        self.eventMenu.addAction(self.actionSend)
        self.eventMenu.addSeparator()
        self.eventMenu.addAction(self.actionClose)
        self.editMenu.addAction(self.actionUndo)
        self.editMenu.addAction(self.actionRedo)
        self.editMenu.addSeparator()
        self.editMenu.addAction(self.placeholderMenu.menuAction())
        self.editMenu.addAction(self.actionNextProblem)
        self.viewMenu.addAction(self.actionSwitchSide)
        self.viewMenu.addAction(self.actionHelpTexts)
        self.viewMenu.addAction(self.actionPreview)

        self.retranslateUi(ComposeWindow)

        self.sendButton.setDefault(True)

    # setupUi

    def retranslateUi(self, ComposeWindow):
        ComposeWindow.setWindowTitle(QCoreApplication.translate("ComposeWindow", u"Compose an event", None))
        self.actionClear.setText(QCoreApplication.translate("ComposeWindow", u"&New event of this type", None))
#if QT_CONFIG(tooltip)
        self.actionClear.setToolTip(QCoreApplication.translate("ComposeWindow", u"Start over with an empty event of this type", None))
#endif // QT_CONFIG(tooltip)
        self.actionSample.setText(QCoreApplication.translate("ComposeWindow", u"&Fill with example values", None))
#if QT_CONFIG(tooltip)
        self.actionSample.setToolTip(QCoreApplication.translate("ComposeWindow", u"Start over with plausible example values", None))
#endif // QT_CONFIG(tooltip)
        self.actionSaveTemplate.setText(QCoreApplication.translate("ComposeWindow", u"Save as &template\u2026", None))
        self.actionSend.setText(QCoreApplication.translate("ComposeWindow", u"&Send", None))
        self.actionClose.setText(QCoreApplication.translate("ComposeWindow", u"&Close", None))
        self.actionUndo.setText(QCoreApplication.translate("ComposeWindow", u"&Undo", None))
        self.actionRedo.setText(QCoreApplication.translate("ComposeWindow", u"&Redo", None))
        self.actionNextProblem.setText(QCoreApplication.translate("ComposeWindow", u"Next &problem", None))
        self.actionSwitchSide.setText(QCoreApplication.translate("ComposeWindow", u"&Form or XML", None))
#if QT_CONFIG(tooltip)
        self.actionSwitchSide.setToolTip(QCoreApplication.translate("ComposeWindow", u"Switch between form and XML", None))
#endif // QT_CONFIG(tooltip)
        self.actionHelpTexts.setText(QCoreApplication.translate("ComposeWindow", u"&Explain the fields", None))
        self.actionPreview.setText(QCoreApplication.translate("ComposeWindow", u"&Preview with placeholders resolved", None))
        self.typeLabel.setText(QCoreApplication.translate("ComposeWindow", u"Even&t", None))
#if QT_CONFIG(accessibility)
        self.typeChooser.setAccessibleName(QCoreApplication.translate("ComposeWindow", u"Event type", None))
#endif // QT_CONFIG(accessibility)
        self.connectionLabel.setText(QCoreApplication.translate("ComposeWindow", u"T&o", None))
#if QT_CONFIG(accessibility)
        self.connectionChooser.setAccessibleName(QCoreApplication.translate("ComposeWindow", u"Connection to send over", None))
#endif // QT_CONFIG(accessibility)
        self.viaLabel.setText(QCoreApplication.translate("ComposeWindow", u"throu&gh", None))
#if QT_CONFIG(accessibility)
        self.viaChooser.setAccessibleName(QCoreApplication.translate("ComposeWindow", u"Route to the bus", None))
#endif // QT_CONFIG(accessibility)
        self.brokenBox.setText(QCoreApplication.translate("ComposeWindow", u"Send an&yway", None))
#if QT_CONFIG(tooltip)
        self.brokenBox.setToolTip(QCoreApplication.translate("ComposeWindow", u"Send the event despite its problems, to test receivers", None))
#endif // QT_CONFIG(tooltip)
        self.eventMenu.setTitle(QCoreApplication.translate("ComposeWindow", u"&Event", None))
        self.editMenu.setTitle(QCoreApplication.translate("ComposeWindow", u"E&dit", None))
        self.placeholderMenu.setTitle(QCoreApplication.translate("ComposeWindow", u"&Insert a placeholder", None))
        self.viewMenu.setTitle(QCoreApplication.translate("ComposeWindow", u"&View", None))
    # retranslateUi

