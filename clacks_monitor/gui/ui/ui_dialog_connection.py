"""ui/dialog_connection.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
    QSize,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from clacks_monitor.gui.kit.labels import PlainLabel

class Ui_ConnectionDialog(object):
    def setupUi(self, ConnectionDialog):
        if not ConnectionDialog.objectName():
            ConnectionDialog.setObjectName(u"ConnectionDialog")
        self.column = QVBoxLayout(ConnectionDialog)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.tabs = QTabWidget(ConnectionDialog)
        self.tabs.setObjectName(u"tabs")
        self.brokerTab = QWidget()
        self.brokerTab.setObjectName(u"brokerTab")
        self.brokerTabForm = QFormLayout(self.brokerTab)
        self.brokerTabForm.setObjectName(u"brokerTabForm")
        self.brokerTabForm.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.brokerTabForm.setHorizontalSpacing(8)
        self.brokerTabForm.setVerticalSpacing(8)
        self.brokerTabForm.setContentsMargins(8, 8, 8, 8)
        self.nameLabel = PlainLabel(self.brokerTab)
        self.nameLabel.setObjectName(u"nameLabel")

        self.brokerTabForm.setWidget(0, QFormLayout.ItemRole.LabelRole, self.nameLabel)

        self.name = QLineEdit(self.brokerTab)
        self.name.setObjectName(u"name")

        self.brokerTabForm.setWidget(0, QFormLayout.ItemRole.FieldRole, self.name)

        self.protocolLabel = PlainLabel(self.brokerTab)
        self.protocolLabel.setObjectName(u"protocolLabel")

        self.brokerTabForm.setWidget(1, QFormLayout.ItemRole.LabelRole, self.protocolLabel)

        self.protocol = QComboBox(self.brokerTab)
        self.protocol.setObjectName(u"protocol")

        self.brokerTabForm.setWidget(1, QFormLayout.ItemRole.FieldRole, self.protocol)

        self.urlLabel = PlainLabel(self.brokerTab)
        self.urlLabel.setObjectName(u"urlLabel")

        self.brokerTabForm.setWidget(2, QFormLayout.ItemRole.LabelRole, self.urlLabel)

        self.url = QLineEdit(self.brokerTab)
        self.url.setObjectName(u"url")
        self.url.setPlaceholderText(u"amqp://user@host:5672/org.clacks")

        self.brokerTabForm.setWidget(2, QFormLayout.ItemRole.FieldRole, self.url)

        self.hostsLabel = PlainLabel(self.brokerTab)
        self.hostsLabel.setObjectName(u"hostsLabel")

        self.brokerTabForm.setWidget(3, QFormLayout.ItemRole.LabelRole, self.hostsLabel)

        self.hosts = QPlainTextEdit(self.brokerTab)
        self.hosts.setObjectName(u"hosts")
        sizePolicy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        sizePolicy.setHorizontalStretch(0)
        sizePolicy.setVerticalStretch(0)
        sizePolicy.setHeightForWidth(self.hosts.sizePolicy().hasHeightForWidth())
        self.hosts.setSizePolicy(sizePolicy)
        self.hosts.setTabChangesFocus(True)
        self.hosts.setMaximumSize(QSize(16777215, 76))

        self.brokerTabForm.setWidget(3, QFormLayout.ItemRole.FieldRole, self.hosts)

        self.domainLabel = PlainLabel(self.brokerTab)
        self.domainLabel.setObjectName(u"domainLabel")

        self.brokerTabForm.setWidget(4, QFormLayout.ItemRole.LabelRole, self.domainLabel)

        self.domain = QLineEdit(self.brokerTab)
        self.domain.setObjectName(u"domain")
        self.domain.setPlaceholderText(u"org.clacks")

        self.brokerTabForm.setWidget(4, QFormLayout.ItemRole.FieldRole, self.domain)

        self.keyLabel = PlainLabel(self.brokerTab)
        self.keyLabel.setObjectName(u"keyLabel")

        self.brokerTabForm.setWidget(5, QFormLayout.ItemRole.LabelRole, self.keyLabel)

        self.routingKey = QLineEdit(self.brokerTab)
        self.routingKey.setObjectName(u"routingKey")
        self.routingKey.setPlaceholderText(u"event")

        self.brokerTabForm.setWidget(5, QFormLayout.ItemRole.FieldRole, self.routingKey)

        self.dialectLabel = PlainLabel(self.brokerTab)
        self.dialectLabel.setObjectName(u"dialectLabel")

        self.brokerTabForm.setWidget(6, QFormLayout.ItemRole.LabelRole, self.dialectLabel)

        self.dialect = QComboBox(self.brokerTab)
        self.dialect.setObjectName(u"dialect")

        self.brokerTabForm.setWidget(6, QFormLayout.ItemRole.FieldRole, self.dialect)

        self.virtualHostLabel = PlainLabel(self.brokerTab)
        self.virtualHostLabel.setObjectName(u"virtualHostLabel")

        self.brokerTabForm.setWidget(7, QFormLayout.ItemRole.LabelRole, self.virtualHostLabel)

        self.virtualHost = QLineEdit(self.brokerTab)
        self.virtualHost.setObjectName(u"virtualHost")

        self.brokerTabForm.setWidget(7, QFormLayout.ItemRole.FieldRole, self.virtualHost)

        self.streamFromLabel = PlainLabel(self.brokerTab)
        self.streamFromLabel.setObjectName(u"streamFromLabel")

        self.brokerTabForm.setWidget(8, QFormLayout.ItemRole.LabelRole, self.streamFromLabel)

        self.streamFrom = QLineEdit(self.brokerTab)
        self.streamFrom.setObjectName(u"streamFrom")
        self.streamFrom.setPlaceholderText(u"next")

        self.brokerTabForm.setWidget(8, QFormLayout.ItemRole.FieldRole, self.streamFrom)

        self.payloadLabel = PlainLabel(self.brokerTab)
        self.payloadLabel.setObjectName(u"payloadLabel")

        self.brokerTabForm.setWidget(9, QFormLayout.ItemRole.LabelRole, self.payloadLabel)

        self.payload = QComboBox(self.brokerTab)
        self.payload.setObjectName(u"payload")

        self.brokerTabForm.setWidget(9, QFormLayout.ItemRole.FieldRole, self.payload)

        self.topicsLabel = PlainLabel(self.brokerTab)
        self.topicsLabel.setObjectName(u"topicsLabel")

        self.brokerTabForm.setWidget(10, QFormLayout.ItemRole.LabelRole, self.topicsLabel)

        self.topics = QLineEdit(self.brokerTab)
        self.topics.setObjectName(u"topics")

        self.brokerTabForm.setWidget(10, QFormLayout.ItemRole.FieldRole, self.topics)

        self.versionLabel = PlainLabel(self.brokerTab)
        self.versionLabel.setObjectName(u"versionLabel")

        self.brokerTabForm.setWidget(11, QFormLayout.ItemRole.LabelRole, self.versionLabel)

        self.version = QComboBox(self.brokerTab)
        self.version.setObjectName(u"version")

        self.brokerTabForm.setWidget(11, QFormLayout.ItemRole.FieldRole, self.version)

        self.tabs.addTab(self.brokerTab, "")
        self.securityTab = QWidget()
        self.securityTab.setObjectName(u"securityTab")
        self.securityTabForm = QFormLayout(self.securityTab)
        self.securityTabForm.setObjectName(u"securityTabForm")
        self.securityTabForm.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.securityTabForm.setHorizontalSpacing(8)
        self.securityTabForm.setVerticalSpacing(8)
        self.securityTabForm.setContentsMargins(8, 8, 8, 8)
        self.userLabel = PlainLabel(self.securityTab)
        self.userLabel.setObjectName(u"userLabel")

        self.securityTabForm.setWidget(0, QFormLayout.ItemRole.LabelRole, self.userLabel)

        self.user = QLineEdit(self.securityTab)
        self.user.setObjectName(u"user")

        self.securityTabForm.setWidget(0, QFormLayout.ItemRole.FieldRole, self.user)

        self.passwordLabel = PlainLabel(self.securityTab)
        self.passwordLabel.setObjectName(u"passwordLabel")

        self.securityTabForm.setWidget(1, QFormLayout.ItemRole.LabelRole, self.passwordLabel)

        self.password = QLineEdit(self.securityTab)
        self.password.setObjectName(u"password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)

        self.securityTabForm.setWidget(1, QFormLayout.ItemRole.FieldRole, self.password)

        self.remember = QCheckBox(self.securityTab)
        self.remember.setObjectName(u"remember")

        self.securityTabForm.setWidget(2, QFormLayout.ItemRole.SpanningRole, self.remember)

        self.mechanismLabel = PlainLabel(self.securityTab)
        self.mechanismLabel.setObjectName(u"mechanismLabel")

        self.securityTabForm.setWidget(3, QFormLayout.ItemRole.LabelRole, self.mechanismLabel)

        self.mechanism = QComboBox(self.securityTab)
        self.mechanism.setObjectName(u"mechanism")

        self.securityTabForm.setWidget(3, QFormLayout.ItemRole.FieldRole, self.mechanism)

        self.plain = QCheckBox(self.securityTab)
        self.plain.setObjectName(u"plain")

        self.securityTabForm.setWidget(4, QFormLayout.ItemRole.SpanningRole, self.plain)

        self.tls = QCheckBox(self.securityTab)
        self.tls.setObjectName(u"tls")

        self.securityTabForm.setWidget(5, QFormLayout.ItemRole.SpanningRole, self.tls)

        self.caLabel = PlainLabel(self.securityTab)
        self.caLabel.setObjectName(u"caLabel")

        self.securityTabForm.setWidget(6, QFormLayout.ItemRole.LabelRole, self.caLabel)

        self.caFileRow = QHBoxLayout()
        self.caFileRow.setObjectName(u"caFileRow")
        self.caFile = QLineEdit(self.securityTab)
        self.caFile.setObjectName(u"caFile")

        self.caFileRow.addWidget(self.caFile)

        self.caButton = QPushButton(self.securityTab)
        self.caButton.setObjectName(u"caButton")

        self.caFileRow.addWidget(self.caButton)


        self.securityTabForm.setLayout(6, QFormLayout.ItemRole.FieldRole, self.caFileRow)

        self.certificateLabel = PlainLabel(self.securityTab)
        self.certificateLabel.setObjectName(u"certificateLabel")

        self.securityTabForm.setWidget(7, QFormLayout.ItemRole.LabelRole, self.certificateLabel)

        self.certificateFileRow = QHBoxLayout()
        self.certificateFileRow.setObjectName(u"certificateFileRow")
        self.certificateFile = QLineEdit(self.securityTab)
        self.certificateFile.setObjectName(u"certificateFile")

        self.certificateFileRow.addWidget(self.certificateFile)

        self.certificateButton = QPushButton(self.securityTab)
        self.certificateButton.setObjectName(u"certificateButton")

        self.certificateFileRow.addWidget(self.certificateButton)


        self.securityTabForm.setLayout(7, QFormLayout.ItemRole.FieldRole, self.certificateFileRow)

        self.keyFileLabel = PlainLabel(self.securityTab)
        self.keyFileLabel.setObjectName(u"keyFileLabel")

        self.securityTabForm.setWidget(8, QFormLayout.ItemRole.LabelRole, self.keyFileLabel)

        self.keyFileRow = QHBoxLayout()
        self.keyFileRow.setObjectName(u"keyFileRow")
        self.keyFile = QLineEdit(self.securityTab)
        self.keyFile.setObjectName(u"keyFile")

        self.keyFileRow.addWidget(self.keyFile)

        self.keyButton = QPushButton(self.securityTab)
        self.keyButton.setObjectName(u"keyButton")

        self.keyFileRow.addWidget(self.keyButton)


        self.securityTabForm.setLayout(8, QFormLayout.ItemRole.FieldRole, self.keyFileRow)

        self.verifyHost = QCheckBox(self.securityTab)
        self.verifyHost.setObjectName(u"verifyHost")

        self.securityTabForm.setWidget(9, QFormLayout.ItemRole.SpanningRole, self.verifyHost)

        self.verifyCertificate = QCheckBox(self.securityTab)
        self.verifyCertificate.setObjectName(u"verifyCertificate")

        self.securityTabForm.setWidget(10, QFormLayout.ItemRole.SpanningRole, self.verifyCertificate)

        self.tabs.addTab(self.securityTab, "")
        self.moreTab = QWidget()
        self.moreTab.setObjectName(u"moreTab")
        self.moreTabForm = QFormLayout(self.moreTab)
        self.moreTabForm.setObjectName(u"moreTabForm")
        self.moreTabForm.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.moreTabForm.setHorizontalSpacing(8)
        self.moreTabForm.setVerticalSpacing(8)
        self.moreTabForm.setContentsMargins(8, 8, 8, 8)
        self.colourLabel = PlainLabel(self.moreTab)
        self.colourLabel.setObjectName(u"colourLabel")

        self.moreTabForm.setWidget(0, QFormLayout.ItemRole.LabelRole, self.colourLabel)

        self.colour = QComboBox(self.moreTab)
        self.colour.setObjectName(u"colour")

        self.moreTabForm.setWidget(0, QFormLayout.ItemRole.FieldRole, self.colour)

        self.production = QCheckBox(self.moreTab)
        self.production.setObjectName(u"production")

        self.moreTabForm.setWidget(1, QFormLayout.ItemRole.SpanningRole, self.production)

        self.readOnly = QCheckBox(self.moreTab)
        self.readOnly.setObjectName(u"readOnly")

        self.moreTabForm.setWidget(2, QFormLayout.ItemRole.SpanningRole, self.readOnly)

        self.consumes = QCheckBox(self.moreTab)
        self.consumes.setObjectName(u"consumes")

        self.moreTabForm.setWidget(3, QFormLayout.ItemRole.SpanningRole, self.consumes)

        self.connectLabel = PlainLabel(self.moreTab)
        self.connectLabel.setObjectName(u"connectLabel")

        self.moreTabForm.setWidget(4, QFormLayout.ItemRole.LabelRole, self.connectLabel)

        self.connectTimeout = QDoubleSpinBox(self.moreTab)
        self.connectTimeout.setObjectName(u"connectTimeout")
        self.connectTimeout.setSuffix(u" s")
        self.connectTimeout.setDecimals(1)
        self.connectTimeout.setMinimum(0.100000000000000)
        self.connectTimeout.setMaximum(3600.000000000000000)

        self.moreTabForm.setWidget(4, QFormLayout.ItemRole.FieldRole, self.connectTimeout)

        self.idleLabel = PlainLabel(self.moreTab)
        self.idleLabel.setObjectName(u"idleLabel")

        self.moreTabForm.setWidget(5, QFormLayout.ItemRole.LabelRole, self.idleLabel)

        self.idleTimeout = QDoubleSpinBox(self.moreTab)
        self.idleTimeout.setObjectName(u"idleTimeout")
        self.idleTimeout.setSuffix(u" s")
        self.idleTimeout.setDecimals(0)
        self.idleTimeout.setMinimum(0.000000000000000)
        self.idleTimeout.setMaximum(86400.000000000000000)

        self.moreTabForm.setWidget(5, QFormLayout.ItemRole.FieldRole, self.idleTimeout)

        self.tabs.addTab(self.moreTab, "")

        self.column.addWidget(self.tabs)

        self.note = QWidget(ConnectionDialog)
        self.note.setObjectName(u"note")

        self.column.addWidget(self.note)

        self.steps = QListWidget(ConnectionDialog)
        self.steps.setObjectName(u"steps")
        self.steps.setVisible(False)
        self.steps.setWordWrap(True)
        self.steps.setMinimumSize(QSize(0, 150))

        self.column.addWidget(self.steps)

        self.buttonRow = QHBoxLayout()
        self.buttonRow.setObjectName(u"buttonRow")
        self.testButton = QPushButton(ConnectionDialog)
        self.testButton.setObjectName(u"testButton")
        self.testButton.setAutoDefault(False)

        self.buttonRow.addWidget(self.testButton)

        self.buttons = QDialogButtonBox(ConnectionDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Save)

        self.buttonRow.addWidget(self.buttons)


        self.column.addLayout(self.buttonRow)

#if QT_CONFIG(shortcut)
        self.nameLabel.setBuddy(self.name)
        self.protocolLabel.setBuddy(self.protocol)
        self.urlLabel.setBuddy(self.url)
        self.hostsLabel.setBuddy(self.hosts)
        self.domainLabel.setBuddy(self.domain)
        self.keyLabel.setBuddy(self.routingKey)
        self.dialectLabel.setBuddy(self.dialect)
        self.virtualHostLabel.setBuddy(self.virtualHost)
        self.streamFromLabel.setBuddy(self.streamFrom)
        self.payloadLabel.setBuddy(self.payload)
        self.topicsLabel.setBuddy(self.topics)
        self.versionLabel.setBuddy(self.version)
        self.userLabel.setBuddy(self.user)
        self.passwordLabel.setBuddy(self.password)
        self.mechanismLabel.setBuddy(self.mechanism)
        self.caLabel.setBuddy(self.caFile)
        self.certificateLabel.setBuddy(self.certificateFile)
        self.keyFileLabel.setBuddy(self.keyFile)
        self.colourLabel.setBuddy(self.colour)
        self.connectLabel.setBuddy(self.connectTimeout)
        self.idleLabel.setBuddy(self.idleTimeout)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(ConnectionDialog)
    # setupUi

    def retranslateUi(self, ConnectionDialog):
        ConnectionDialog.setWindowTitle(QCoreApplication.translate("ConnectionDialog", u"Connection", None))
        self.nameLabel.setText(QCoreApplication.translate("ConnectionDialog", u"&Name", None))
        self.name.setPlaceholderText(QCoreApplication.translate("ConnectionDialog", u"office bus", None))
        self.protocolLabel.setText(QCoreApplication.translate("ConnectionDialog", u"Protoco&l", None))
        self.urlLabel.setText(QCoreApplication.translate("ConnectionDialog", u"&URL", None))
        self.hostsLabel.setText(QCoreApplication.translate("ConnectionDialog", u"&Hosts", None))
#if QT_CONFIG(tooltip)
        self.hosts.setToolTip(QCoreApplication.translate("ConnectionDialog", u"One host per line, with its port if it differs. Hosts are tried in this order.", None))
#endif // QT_CONFIG(tooltip)
        self.hosts.setPlaceholderText(QCoreApplication.translate("ConnectionDialog", u"one per line, tried in this order: host or host:port", None))
        self.domainLabel.setText(QCoreApplication.translate("ConnectionDialog", u"&Domain", None))
        self.keyLabel.setText(QCoreApplication.translate("ConnectionDialog", u"Su&bject", None))
        self.dialectLabel.setText(QCoreApplication.translate("ConnectionDialog", u"Bro&ker type", None))
        self.virtualHostLabel.setText(QCoreApplication.translate("ConnectionDialog", u"&Virtual host", None))
#if QT_CONFIG(tooltip)
        self.virtualHost.setToolTip(QCoreApplication.translate("ConnectionDialog", u"The virtual host of a RabbitMQ. Leave it empty for the default one.", None))
#endif // QT_CONFIG(tooltip)
        self.streamFromLabel.setText(QCoreApplication.translate("ConnectionDialog", u"Stream &from", None))
#if QT_CONFIG(tooltip)
        self.streamFrom.setToolTip(QCoreApplication.translate("ConnectionDialog", u"Where to begin in a stream of RabbitMQ (domain: queues/NAME): first, last, next, an offset, or a time.", None))
#endif // QT_CONFIG(tooltip)
        self.payloadLabel.setText(QCoreApplication.translate("ConnectionDialog", u"&Event format", None))
        self.topicsLabel.setText(QCoreApplication.translate("ConnectionDialog", u"Topi&cs", None))
#if QT_CONFIG(tooltip)
        self.topics.setToolTip(QCoreApplication.translate("ConnectionDialog", u"What is subscribed to, with commas between them. Leave it empty for those of GOsa.", None))
#endif // QT_CONFIG(tooltip)
        self.versionLabel.setText(QCoreApplication.translate("ConnectionDialog", u"MQTT ver&sion", None))
        self.tabs.setTabText(self.tabs.indexOf(self.brokerTab), QCoreApplication.translate("ConnectionDialog", u"Br&oker", None))
        self.userLabel.setText(QCoreApplication.translate("ConnectionDialog", u"U&ser", None))
        self.passwordLabel.setText(QCoreApplication.translate("ConnectionDialog", u"&Password", None))
        self.remember.setText(QCoreApplication.translate("ConnectionDialog", u"&Remember the password in the system keyring", None))
        self.mechanismLabel.setText(QCoreApplication.translate("ConnectionDialog", u"Mecha&nism", None))
        self.plain.setText(QCoreApplication.translate("ConnectionDialog", u"Send the password without encryption", None))
#if QT_CONFIG(tooltip)
        self.plain.setToolTip(QCoreApplication.translate("ConnectionDialog", u"Only on a trusted network: the password can be read in transit", None))
#endif // QT_CONFIG(tooltip)
        self.tls.setText(QCoreApplication.translate("ConnectionDialog", u"&Encrypt with TLS", None))
        self.caLabel.setText(QCoreApplication.translate("ConnectionDialog", u"&CA certificates", None))
        self.caFile.setPlaceholderText(QCoreApplication.translate("ConnectionDialog", u"system default", None))
        self.caButton.setText(QCoreApplication.translate("ConnectionDialog", u"Choose\u2026", None))
        self.certificateLabel.setText(QCoreApplication.translate("ConnectionDialog", u"Client certi&ficate", None))
        self.certificateFile.setPlaceholderText(QCoreApplication.translate("ConnectionDialog", u"none", None))
        self.certificateButton.setText(QCoreApplication.translate("ConnectionDialog", u"Choose\u2026", None))
        self.keyFileLabel.setText(QCoreApplication.translate("ConnectionDialog", u"Pr&ivate key", None))
        self.keyFile.setPlaceholderText(QCoreApplication.translate("ConnectionDialog", u"in the certificate file", None))
        self.keyButton.setText(QCoreApplication.translate("ConnectionDialog", u"Choose\u2026", None))
        self.verifyHost.setText(QCoreApplication.translate("ConnectionDialog", u"Verify the &host name", None))
        self.verifyCertificate.setText(QCoreApplication.translate("ConnectionDialog", u"&Verify the issuer of the certificate", None))
        self.tabs.setTabText(self.tabs.indexOf(self.securityTab), QCoreApplication.translate("ConnectionDialog", u"Login and encr&yption", None))
        self.colourLabel.setText(QCoreApplication.translate("ConnectionDialog", u"&Colour", None))
        self.production.setText(QCoreApplication.translate("ConnectionDialog", u"&Production: confirm before sending", None))
#if QT_CONFIG(tooltip)
        self.production.setToolTip(QCoreApplication.translate("ConnectionDialog", u"Shown as a band in the colour of the connection. Sending requires a typed confirmation.", None))
#endif // QT_CONFIG(tooltip)
        self.readOnly.setText(QCoreApplication.translate("ConnectionDialog", u"&Read-only: never send", None))
        self.consumes.setText(QCoreApplication.translate("ConnectionDialog", u"T&ake events away from other receivers", None))
#if QT_CONFIG(tooltip)
        self.consumes.setToolTip(QCoreApplication.translate("ConnectionDialog", u"For a queue of the monitor's own, or a router's address that delivers to all. Anywhere else, an event that arrives here is missing there.", None))
#endif // QT_CONFIG(tooltip)
        self.connectLabel.setText(QCoreApplication.translate("ConnectionDialog", u"Conn&ection timeout", None))
        self.idleLabel.setText(QCoreApplication.translate("ConnectionDialog", u"Id&le timeout", None))
        self.idleTimeout.setSpecialValueText(QCoreApplication.translate("ConnectionDialog", u"never", None))
        self.tabs.setTabText(self.tabs.indexOf(self.moreTab), QCoreApplication.translate("ConnectionDialog", u"&More", None))
#if QT_CONFIG(accessibility)
        self.steps.setAccessibleName(QCoreApplication.translate("ConnectionDialog", u"Test results", None))
#endif // QT_CONFIG(accessibility)
        self.testButton.setText(QCoreApplication.translate("ConnectionDialog", u"&Test", None))
#if QT_CONFIG(tooltip)
        self.testButton.setToolTip(QCoreApplication.translate("ConnectionDialog", u"Test the connection step by step. Nothing is saved.", None))
#endif // QT_CONFIG(tooltip)
    # retranslateUi

