"""ui/main_window.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
    Qt,
)
from PySide6.QtWidgets import (
    QDockWidget,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
class Ui_MainWindow(object):
    def setupUi(self, MainWindow):
        if not MainWindow.objectName():
            MainWindow.setObjectName(u"MainWindow")
        self.central = QWidget(MainWindow)
        self.central.setObjectName(u"central")
        self.column = QVBoxLayout(self.central)
        self.column.setSpacing(0)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.trouble = QWidget(self.central)
        self.trouble.setObjectName(u"trouble")

        self.column.addWidget(self.trouble)

        self.rows = QSplitter(self.central)
        self.rows.setObjectName(u"rows")
        self.rows.setOrientation(Qt.Orientation.Vertical)
        self.rows.setChildrenCollapsible(False)
        self.filterEditor = QWidget(self.rows)
        self.filterEditor.setObjectName(u"filterEditor")
        self.rows.addWidget(self.filterEditor)
        self.stack = QStackedWidget(self.rows)
        self.stack.setObjectName(u"stack")
        self.table = QWidget()
        self.table.setObjectName(u"table")
        self.stack.addWidget(self.table)
        self.empty = QWidget()
        self.empty.setObjectName(u"empty")
        self.stack.addWidget(self.empty)
        self.rows.addWidget(self.stack)

        self.column.addWidget(self.rows)

        self.findBar = QWidget(self.central)
        self.findBar.setObjectName(u"findBar")

        self.column.addWidget(self.findBar)

        MainWindow.setCentralWidget(self.central)
        self.typesDock = QDockWidget(MainWindow)
        self.typesDock.setObjectName(u"typesDock")
        self.types = QWidget()
        self.types.setObjectName(u"types")
        self.typesDock.setWidget(self.types)
        MainWindow.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.typesDock)
        self.profilesDock = QDockWidget(MainWindow)
        self.profilesDock.setObjectName(u"profilesDock")
        self.profiles = QWidget()
        self.profiles.setObjectName(u"profiles")
        self.profilesDock.setWidget(self.profiles)
        MainWindow.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.profilesDock)
        self.detailDock = QDockWidget(MainWindow)
        self.detailDock.setObjectName(u"detailDock")
        self.detail = QWidget()
        self.detail.setObjectName(u"detail")
        self.detailDock.setWidget(self.detail)
        MainWindow.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.detailDock)
        self.timelineDock = QDockWidget(MainWindow)
        self.timelineDock.setObjectName(u"timelineDock")
        self.timeline = QWidget()
        self.timeline.setObjectName(u"timeline")
        self.timelineDock.setWidget(self.timeline)
        MainWindow.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.timelineDock)

        self.retranslateUi(MainWindow)
    # setupUi

    def retranslateUi(self, MainWindow):
        MainWindow.setWindowTitle(QCoreApplication.translate("MainWindow", u"Clacks Event Monitor", None))
        self.typesDock.setWindowTitle(QCoreApplication.translate("MainWindow", u"Event types", None))
        self.profilesDock.setWindowTitle(QCoreApplication.translate("MainWindow", u"Profiles", None))
        self.detailDock.setWindowTitle(QCoreApplication.translate("MainWindow", u"Event", None))
        self.timelineDock.setWindowTitle(QCoreApplication.translate("MainWindow", u"Timeline", None))
    # retranslateUi

