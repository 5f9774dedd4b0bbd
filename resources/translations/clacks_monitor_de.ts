<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActivityLine</name>
    <message>
        <source>running…</source>
        <translation>läuft …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>Abbrechen: %1</translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation>wird beendet&#xa0;…</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>AlertList</name>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln event(s) matched</source>
        <translation>
            <numerusform>%1: %Ln Treffer</numerusform>
            <numerusform>%1: %Ln Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: no match for %2</source>
        <translation>%1: kein Treffer (Dauer: %2)</translation>
    </message>
    <message>
        <source>%1: matches again after %2</source>
        <translation>%1: wieder Treffer (Pause: %2)</translation>
    </message>
    <message>
        <source>Clacks Event Monitor</source>
        <translation>Clacks Event Monitor</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln Alarm</numerusform>
            <numerusform>%Ln Alarme</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>Liste leeren</translation>
    </message>
</context>
<context>
    <name>AlertPage</name>
    <message>
        <source>&amp;When an event matches</source>
        <translation>Bei einem Treffe&amp;r</translation>
    </message>
    <message>
        <source>No matc&amp;h for</source>
        <translation>&amp;Kein Treffer innerhalb von</translation>
    </message>
    <message>
        <source>Des&amp;ktop notification</source>
        <translation>&amp;Desktop-Benachrichtigung</translation>
    </message>
    <message>
        <source>S&amp;ound</source>
        <translation>T&amp;on</translation>
    </message>
    <message>
        <source>Command reviewed; &amp;allow it on this computer</source>
        <translation>Befehl geprüft, Ausführung auf diesem Rechner &amp;erlauben</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Alert me</source>
        <translation>Alarm auslösen</translation>
    </message>
    <message>
        <source>Always counted in the status bar; additionally:</source>
        <translation>Immer in der Statusleiste; zusätzlich:</translation>
    </message>
    <message>
        <source>no command; for example notify-send &apos;A call was missed&apos;</source>
        <translation>kein Befehl; Beispiel: notify-send &apos;Anruf verpasst&apos;</translation>
    </message>
    <message>
        <source>Co&amp;mmand</source>
        <translation>Befeh&amp;l</translation>
    </message>
    <message>
        <source>At most once &amp;every</source>
        <translation>&amp;Höchstens einmal je</translation>
    </message>
    <message>
        <source>Seconds without a match</source>
        <translation>Sekunden ohne Treffer</translation>
    </message>
    <message>
        <source>Seconds between two alerts</source>
        <translation>Sekunden zwischen zwei Alarmen</translation>
    </message>
    <message>
        <source>A quotation mark is not closed.</source>
        <translation>Ein Anführungszeichen ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>Runs without a shell. The event&apos;s XML is passed on standard input.</source>
        <translation>Läuft ohne Shell. Das XML des Ereignisses wird über die Standardeingabe übergeben.</translation>
    </message>
    <message>
        <source>Alert: a quotation mark in the command is not closed.</source>
        <translation>Alarm: Im Befehl ist ein Anführungszeichen nicht geschlossen.</translation>
    </message>
    <message>
        <source>Scroll to the end to allow it.</source>
        <translation>Zum Erlauben bis zum Ende blättern.</translation>
    </message>
    <message>
        <source>The command is being checked…</source>
        <translation>Der Befehl wird geprüft&#xa0;…</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>Only the beginning is shown. Export has all.</source>
        <translation>Nur der Anfang wird gezeigt. Exportieren schreibt alles.</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>Internal error. The program continues, but your last action may not have been carried out.</source>
        <translation>Interner Fehler. Das Programm läuft weiter, Ihre letzte Aktion wurde aber möglicherweise nicht ausgeführt.</translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message>
        <source>Automatic: verified, unless the server is this computer</source>
        <translation>Automatisch: geprüft, außer wenn der Server dieser Rechner ist</translation>
    </message>
    <message>
        <source>Certificate and host name are verified</source>
        <translation>Zertifikat und Rechnername werden geprüft</translation>
    </message>
    <message>
        <source>Certificate is verified, host name is not</source>
        <translation>Zertifikat wird geprüft, Rechnername nicht</translation>
    </message>
    <message>
        <source>Encrypted, nothing is verified</source>
        <translation>Verschlüsselt, nichts wird geprüft</translation>
    </message>
    <message>
        <source>No TLS</source>
        <translation>Kein TLS</translation>
    </message>
    <message>
        <source>Open archive</source>
        <translation>Archiv öffnen</translation>
    </message>
    <message>
        <source>&amp;Save it in the system keyring</source>
        <translation>Im &amp;Schlüsselbund des Systems speichern</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Öffnen</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>D&amp;urchsuchen …</translation>
    </message>
    <message>
        <source>&amp;Archive:</source>
        <translation>&amp;Archiv:</translation>
    </message>
    <message>
        <source>&amp;Host:</source>
        <translation>&amp;Rechner:</translation>
    </message>
    <message>
        <source>Po&amp;rt:</source>
        <translation>P&amp;ort:</translation>
    </message>
    <message>
        <source>&amp;Database:</source>
        <translation>&amp;Datenbank:</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>&amp;Benutzer:</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <translation>&amp;Passwort:</translation>
    </message>
    <message>
        <source>&amp;TLS:</source>
        <translation>&amp;TLS:</translation>
    </message>
    <message>
        <source>&amp;CA certificates:</source>
        <translation>&amp;CA-Zertifikate:</translation>
    </message>
    <message>
        <source>URL of the archive</source>
        <translation>URL des Archivs</translation>
    </message>
    <message>
        <source>CA certificates: system default</source>
        <translation>CA-Zertifikate: Vorgabe des Systems</translation>
    </message>
    <message>
        <source>from .pgpass, a service file or the keyring if empty</source>
        <translation>leer: aus .pgpass, einer Service-Datei oder dem Schlüsselbund</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
        <translation>Zertifikate (*.pem *.crt *.cer);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>CA certificates</source>
        <translation>CA-Zertifikate</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird aufgebaut …</translation>
    </message>
</context>
<context>
    <name>BinaryEditor</name>
    <message>
        <source>From file…</source>
        <translation>Aus Datei&#xa0;…</translation>
    </message>
    <message>
        <source>Save to file…</source>
        <translation>In Datei speichern&#xa0;…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln byte(s)</source>
        <translation>
            <numerusform>%Ln Byte</numerusform>
            <numerusform>%Ln Byte</numerusform>
        </translation>
    </message>
    <message>
        <source>Load bytes from a file</source>
        <translation>Bytes aus einer Datei laden</translation>
    </message>
    <message>
        <source>The file cannot be read: {0}</source>
        <translation>Die Datei kann nicht gelesen werden: {0}</translation>
    </message>
    <message>
        <source>The file is larger than 4 MB</source>
        <translation>Die Datei ist größer als 4 MB</translation>
    </message>
    <message>
        <source>Save the bytes to a file</source>
        <translation>Bytes in eine Datei speichern</translation>
    </message>
    <message>
        <source>The file cannot be written: {0}</source>
        <translation>Die Datei kann nicht geschrieben werden: {0}</translation>
    </message>
</context>
<context>
    <name>BoardCounts</name>
    <message>
        <source>States</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Show only the rows that are %1, or all again</source>
        <translation>Nur Zeilen mit Status „%1“ anzeigen, oder wieder alle</translation>
    </message>
</context>
<context>
    <name>BoardDocks</name>
    <message>
        <source>&amp;Boards</source>
        <translation>Stat&amp;usübersichten</translation>
    </message>
    <message>
        <source>Current state of clients, telephones and more</source>
        <translation>Aktueller Status von Clients, Telefonen und mehr</translation>
    </message>
</context>
<context>
    <name>BoardHistoryPane</name>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Past states</source>
        <translation>Frühere Status</translation>
    </message>
    <message>
        <source>Enter or a double click shows only the events of the time.</source>
        <translation>Die Eingabetaste oder ein Doppelklick zeigt nur die Ereignisse dieser Zeit an.</translation>
    </message>
    <message>
        <source>History of %1</source>
        <translation>Verlauf von %1</translation>
    </message>
    <message>
        <source>There was a gap meanwhile. The state may have ended earlier.</source>
        <translation>Währenddessen gab es eine Lücke. Der Status kann früher geendet haben.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Show the past states of the selected row</source>
        <translation>Frühere Status der ausgewählten Zeile anzeigen</translation>
    </message>
</context>
<context>
    <name>BoardModel</name>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
    <message>
        <source>There was a gap since this was seen. The state may have changed.</source>
        <translation>Seit der letzten Meldung gab es eine Lücke. Der Status kann sich geändert haben.</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Davor</translation>
    </message>
</context>
<context>
    <name>BoardView</name>
    <message>
        <source>Enter or a double click shows only the events of the row.</source>
        <translation>Eingabetaste oder Doppelklick zeigt nur die Ereignisse der Zeile an.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search in %1</source>
        <translation>In %1 suchen</translation>
    </message>
    <message>
        <source>no events yet</source>
        <translation>noch keine Ereignisse</translation>
    </message>
    <message>
        <source>reading the capture…</source>
        <translation>Aufzeichnung wird gelesen&#xa0;…</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>nichts gefunden</translation>
    </message>
    <message>
        <source>At most %1 rows; the oldest are removed.</source>
        <translation>Höchstens %1 Zeilen; die ältesten werden entfernt.</translation>
    </message>
    <message>
        <source>Show only events of %1</source>
        <translation>Nur Ereignisse von %1 anzeigen</translation>
    </message>
    <message>
        <source>Go to its latest event</source>
        <translation>Zum neuesten Ereignis springen</translation>
    </message>
    <message>
        <source>Enter shows the history of the first row</source>
        <translation>Die Eingabetaste zeigt den Verlauf der ersten Zeile an</translation>
    </message>
    <message>
        <source>History of %1</source>
        <translation>Verlauf von %1</translation>
    </message>
</context>
<context>
    <name>BooleanEditor</name>
    <message>
        <source>Write as text</source>
        <translation>Als Text schreiben</translation>
    </message>
    <message>
        <source>true</source>
        <translation>wahr</translation>
    </message>
    <message>
        <source>false</source>
        <translation>falsch</translation>
    </message>
</context>
<context>
    <name>BrokerActions</name>
    <message>
        <source>Broker</source>
        <translation>Broker</translation>
    </message>
</context>
<context>
    <name>BrokerPage</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>Broker</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Management</source>
        <translation>Management</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1 als %2</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>Queue depth</source>
        <translation>Füllstand der Warteschlange</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>nicht verwendet</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Certificate verified</source>
        <translation>Zertifikat geprüft</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Inhaber</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>Aussteller</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>Offered capabilities</source>
        <translation>Angebotene Capabilities</translation>
    </message>
    <message>
        <source>receives</source>
        <translation>empfängt</translation>
    </message>
    <message>
        <source>sends</source>
        <translation>sendet</translation>
    </message>
    <message>
        <source>waiting for the broker</source>
        <translation>wartet auf den Broker</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>Credit</translation>
    </message>
    <message>
        <source>Distribution mode</source>
        <translation>Verteilung (distribution mode)</translation>
    </message>
    <message>
        <source>Sender settles</source>
        <translation>Sender-Settlement</translation>
    </message>
    <message>
        <source>Receiver settles</source>
        <translation>Empfänger-Settlement</translation>
    </message>
    <message>
        <source>Capabilities</source>
        <translation>Capabilities</translation>
    </message>
    <message>
        <source>Filter %1</source>
        <translation>Filter %1</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>copy: other receivers get the events as well</source>
        <translation>copy: andere Empfänger erhalten die Ereignisse ebenfalls</translation>
    </message>
    <message>
        <source>move: other receivers do not get these events</source>
        <translation>move: andere Empfänger erhalten diese Ereignisse nicht</translation>
    </message>
    <message>
        <source>after the receiver</source>
        <translation>nach dem Empfänger</translation>
    </message>
    <message>
        <source>when sending</source>
        <translation>beim Senden</translation>
    </message>
    <message>
        <source>either way</source>
        <translation>beides möglich</translation>
    </message>
    <message>
        <source>on arrival</source>
        <translation>beim Eintreffen</translation>
    </message>
    <message>
        <source>after the sender</source>
        <translation>nach dem Sender</translation>
    </message>
    <message>
        <source>%1 % full</source>
        <translation>zu %1 % gefüllt</translation>
    </message>
</context>
<context>
    <name>BrokerPane</name>
    <message>
        <source>No broker yet. Connect to see its details.</source>
        <translation>Noch kein Broker. Nach dem Verbinden erscheinen hier seine Angaben.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Round trip: time from a request to the answer of the broker</source>
        <translation>Umlaufzeit: Zeit von einer Anfrage bis zur Antwort des Brokers</translation>
    </message>
    <message>
        <source>Not connected. These are the last known details.</source>
        <translation>Nicht verbunden. Dies sind die zuletzt bekannten Angaben.</translation>
    </message>
</context>
<context>
    <name>BurstPane</name>
    <message>
        <source>Repeat this event</source>
        <translation>Dieses Ereignis mehrfach</translation>
    </message>
    <message>
        <source>This event, once per row of a CSV file</source>
        <translation>Dieses Ereignis je Zeile einer CSV-Datei</translation>
    </message>
    <message>
        <source>Repeat this event until stopped</source>
        <translation>Dieses Ereignis bis zum Stopp</translation>
    </message>
    <message>
        <source>A scenario of several events</source>
        <translation>Szenario aus mehreren Ereignissen</translation>
    </message>
    <message>
        <source>As fast as possible</source>
        <translation>So schnell wie möglich</translation>
    </message>
    <message>
        <source>Interval in seconds:</source>
        <translation>Abstand in Sekunden:</translation>
    </message>
    <message>
        <source>Events per second:</source>
        <translation>Ereignisse je Sekunde:</translation>
    </message>
    <message>
        <source>Placeholders and CSV columns give each event its own values.</source>
        <translation>Platzhalter und CSV-Spalten geben jedem Ereignis eigene Werte.</translation>
    </message>
    <message>
        <source>Choose a CSV file with column names in its first line.</source>
        <translation>Wählen Sie eine CSV-Datei mit den Spaltennamen in der ersten Zeile.</translation>
    </message>
    <message>
        <source>Rows for the events</source>
        <translation>Zeilen für die Ereignisse</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt);;All files (*)</source>
        <translation>Tabellen (*.csv *.tsv *.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The file cannot be read: {0}</source>
        <translation>Die Datei kann nicht gelesen werden: {0}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln Zeile</numerusform>
            <numerusform>%Ln Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} inserts the value of a column.</source>
        <translation>{0} fügt den Wert einer Spalte ein.</translation>
    </message>
    <message>
        <source>Events to send</source>
        <translation>Zu sendende Ereignisse</translation>
    </message>
    <message>
        <source> times</source>
        <translation> Mal</translation>
    </message>
    <message>
        <source>Number of events</source>
        <translation>Anzahl der Ereignisse</translation>
    </message>
    <message>
        <source>Sending rate</source>
        <translation>Senderate</translation>
    </message>
    <message>
        <source>Seconds or events per second</source>
        <translation>Sekunden oder Ereignisse je Sekunde</translation>
    </message>
    <message>
        <source>CSV &amp;file…</source>
        <translation>CSV-&amp;Datei&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Start</translation>
    </message>
    <message>
        <source>Add temp&amp;late</source>
        <translation>&amp;Vorlage hinzufügen</translation>
    </message>
    <message>
        <source>Progress of the burst</source>
        <translation>Fortschritt des Serienversands</translation>
    </message>
    <message>
        <source>Pa&amp;use</source>
        <translation>Pa&amp;use</translation>
    </message>
    <message>
        <source>Sto&amp;p</source>
        <translation>Sto&amp;pp</translation>
    </message>
    <message>
        <source>Events of the scenario in order</source>
        <translation>Ereignisse des Szenarios der Reihe nach</translation>
    </message>
    <message>
        <source>Wait (s)</source>
        <translation>Wartezeit (s)</translation>
    </message>
    <message>
        <source>Then send</source>
        <translation>Dann senden</translation>
    </message>
    <message>
        <source>&amp;Add this event</source>
        <translation>Dieses Ereignis hin&amp;zufügen</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>En&amp;tfernen</translation>
    </message>
    <message>
        <source>{0} is being read…</source>
        <translation>{0} wird gelesen&#xa0;…</translation>
    </message>
</context>
<context>
    <name>BurstRun</name>
    <message>
        <source>Burst: {0}</source>
        <translation>Serienversand: {0}</translation>
    </message>
    <message>
        <source>{0} of {1} sent</source>
        <translation>{0} von {1} gesendet</translation>
    </message>
    <message>
        <source>{0} sent</source>
        <translation>{0} gesendet</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>failed: {0}</source>
        <translation>fehlgeschlagen: {0}</translation>
    </message>
    <message>
        <source>{0}, {1} per second</source>
        <translation>{0}, {1} je Sekunde</translation>
    </message>
    <message>
        <source>{0}, {1} failed</source>
        <translation>{0}, {1} fehlgeschlagen</translation>
    </message>
    <message>
        <source>Res&amp;ume</source>
        <translation>Fo&amp;rtsetzen</translation>
    </message>
    <message>
        <source>Pa&amp;use</source>
        <translation>Pa&amp;use</translation>
    </message>
    <message>
        <source>{0}, {1} received</source>
        <translation>{0}, {1} empfangen</translation>
    </message>
</context>
<context>
    <name>CaptureActions</name>
    <message>
        <source>Entries (*.xml *.jsonl)</source>
        <translation>Einträge (*.xml *.jsonl)</translation>
    </message>
    <message>
        <source>Import entries</source>
        <translation>Einträge importieren</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>%1 wird importiert</translation>
    </message>
    <message>
        <source>Save merged capture</source>
        <translation>Zusammengeführte Aufzeichnung speichern</translation>
    </message>
    <message>
        <source>Merging into %1</source>
        <translation>Zusammenführen in %1</translation>
    </message>
    <message>
        <source>Limits saved</source>
        <translation>Begrenzung gespeichert</translation>
    </message>
</context>
<context>
    <name>CaptureJobs</name>
    <message>
        <source>Cancelled: %1</source>
        <translation>Abgebrochen: %1</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Als %1 gespeichert</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries exported to %1</source>
        <translation>
            <numerusform>%Ln Eintrag nach %1 exportiert</numerusform>
            <numerusform>%Ln Einträge nach %1 exportiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries imported</source>
        <translation>
            <numerusform>%Ln Eintrag importiert</numerusform>
            <numerusform>%Ln Einträge importiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries saved as %1.</source>
        <translation>
            <numerusform>%Ln Eintrag als %1 gespeichert.</numerusform>
            <numerusform>%Ln Einträge als %1 gespeichert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries merged into %1.</source>
        <translation>
            <numerusform>%Ln Eintrag in %1 zusammengeführt.</numerusform>
            <numerusform>%Ln Einträge in %1 zusammengeführt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries split into %1 and %2.</source>
        <translation>
            <numerusform>%Ln Eintrag auf %1 und %2 aufgeteilt.</numerusform>
            <numerusform>%Ln Einträge auf %1 und %2 aufgeteilt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>A capture of an earlier session was not saved. Last event: %1.</source>
        <translation>Die Aufzeichnung einer früheren Sitzung wurde nicht gespeichert. Letztes Ereignis: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more.</source>
        <translation>
            <numerusform>%Ln weitere.</numerusform>
            <numerusform>%Ln weitere.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries copied</source>
        <translation>
            <numerusform>%Ln Eintrag kopiert</numerusform>
            <numerusform>%Ln Einträge kopiert</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CapturesPage</name>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source> h</source>
        <translation> h</translation>
    </message>
    <message>
        <source>New captures keep at most</source>
        <translation>Begrenzung neuer Aufzeichnungen</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>&amp;Größe</translation>
    </message>
    <message>
        <source>&amp;Age</source>
        <translation>&amp;Alter</translation>
    </message>
    <message>
        <source>Nu&amp;mber of entries</source>
        <translation>Anzahl der &amp;Einträge</translation>
    </message>
    <message>
        <source>When a limit is exceeded, the oldest entries are removed. File &gt; Limits of the capture sets limits for the open one.</source>
        <translation>Wird eine Grenze überschritten, werden die ältesten Einträge entfernt. „Datei &gt; Begrenzung der Aufzeichnung“ gilt für die geöffnete.</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>Entfe&amp;rnen</translation>
    </message>
    <message>
        <source>Additional schema &amp;folders</source>
        <translation>Weitere &amp;Schemaordner</translation>
    </message>
    <message>
        <source>A&amp;dd…</source>
        <translation>&amp;Hinzufügen …</translation>
    </message>
    <message>
        <source>Their schemas (*.xsd) are read at the next start.</source>
        <translation>Ihre Schemas (*.xsd) werden beim nächsten Start gelesen.</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>unbegrenzt</translation>
    </message>
    <message>
        <source>Schema folder</source>
        <translation>Schemaordner</translation>
    </message>
</context>
<context>
    <name>Cells</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>not text</source>
        <translation>kein Text</translation>
    </message>
    <message>
        <source>not XML</source>
        <translation>kein XML</translation>
    </message>
    <message>
        <source>has a DOCTYPE</source>
        <translation>enthält einen DOCTYPE</translation>
    </message>
    <message>
        <source>not an event</source>
        <translation>kein Ereignis</translation>
    </message>
    <message>
        <source>unknown type</source>
        <translation>unbekannter Typ</translation>
    </message>
    <message>
        <source>violates its schema</source>
        <translation>verletzt sein Schema</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>Verbindung verloren</translation>
    </message>
    <message>
        <source>broker filter changed</source>
        <translation>Brokerfilter geändert</translation>
    </message>
    <message>
        <source>queue overflow in the broker</source>
        <translation>Überlauf der Warteschlange im Broker</translation>
    </message>
    <message>
        <source>computer suspended</source>
        <translation>Rechner im Ruhezustand</translation>
    </message>
    <message>
        <source>exchange deleted</source>
        <translation>Exchange gelöscht</translation>
    </message>
    <message>
        <source>dropped to protect the senders</source>
        <translation>verworfen, um die Sender zu schützen</translation>
    </message>
    <message>
        <source>disk full</source>
        <translation>Datenträger voll</translation>
    </message>
    <message>
        <source>monitor was closed</source>
        <translation>Monitor war geschlossen</translation>
    </message>
    <message>
        <source>capture file damaged</source>
        <translation>Aufzeichnung beschädigt</translation>
    </message>
    <message>
        <source>disk full (%1)</source>
        <translation>Datenträger voll (%1)</translation>
    </message>
    <message>
        <source>gap (%1): %2</source>
        <translation>Kein Empfang (%1): %2</translation>
    </message>
    <message>
        <source>(removed)</source>
        <translation>(entfernt)</translation>
    </message>
    <message>
        <source>no type</source>
        <translation>ohne Typ</translation>
    </message>
    <message>
        <source>Problem: %1</source>
        <translation>Problem: %1</translation>
    </message>
    <message>
        <source>Comment: %1</source>
        <translation>Kommentar: %1</translation>
    </message>
    <message>
        <source>marked</source>
        <translation>markiert</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>too large to be checked</source>
        <translation>zu groß für die Prüfung</translation>
    </message>
    <message>
        <source>not wrapped in JSON</source>
        <translation>nicht in JSON verpackt</translation>
    </message>
    <message>
        <source>Comment by %1, %2: %3</source>
        <translation>Kommentar von %1, %2: %3</translation>
    </message>
    <message>
        <source>Time (UTC)</source>
        <translation>Zeit (UTC)</translation>
    </message>
    <message>
        <source>Since previous</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Since reference</source>
        <translation>Seit Referenz</translation>
    </message>
    <message>
        <source>REF</source>
        <translation>REF</translation>
    </message>
    <message>
        <source>received %1 times, directly or through proxies</source>
        <translation>%1-mal empfangen, direkt oder über Proxys</translation>
    </message>
</context>
<context>
    <name>ChartActions</name>
    <message>
        <source>Charts</source>
        <translation>Diagramme</translation>
    </message>
    <message>
        <source>At most %1 charts are shown. Close one first.</source>
        <translation>Es werden höchstens %1 Diagramme angezeigt. Schließen Sie zuerst eines.</translation>
    </message>
    <message>
        <source>The event is hidden by the filter</source>
        <translation>Das Ereignis ist durch den Filter ausgeblendet</translation>
    </message>
</context>
<context>
    <name>ChartPane</name>
    <message>
        <source>One line per</source>
        <translation>Eine Linie je</translation>
    </message>
    <message>
        <source>Lines of the chart</source>
        <translation>Linien des Diagramms</translation>
    </message>
    <message>
        <source>Close the chart</source>
        <translation>Diagramm schließen</translation>
    </message>
    <message>
        <source>Close the chart of %1</source>
        <translation>Diagramm von %1 schließen</translation>
    </message>
    <message>
        <source>Chart of %1</source>
        <translation>Diagramm von %1</translation>
    </message>
    <message>
        <source>(one line for all)</source>
        <translation>(eine Linie für alle)</translation>
    </message>
    <message>
        <source>reading %1 %</source>
        <translation>%1 % gelesen</translation>
    </message>
    <message>
        <source>more than %1 further lines</source>
        <translation>mehr als %1 weitere Linien</translation>
    </message>
    <message>
        <source>%1 further lines</source>
        <translation>%1 weitere Linien</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>(ohne)</translation>
    </message>
    <message>
        <source>Show or hide %1</source>
        <translation>%1 anzeigen oder ausblenden</translation>
    </message>
</context>
<context>
    <name>ChartPlot</name>
    <message>
        <source>reading…</source>
        <translation>wird gelesen …</translation>
    </message>
    <message>
        <source>No numbers in this time</source>
        <translation>Keine Zahlen in dieser Zeit</translation>
    </message>
    <message>
        <source>%1 to %2, %3 events</source>
        <translation>%1 bis %2, %3 Ereignisse</translation>
    </message>
    <message>
        <source>Left and Right move along a line, Up and Down change the line, Enter goes to the event.</source>
        <translation>Links und Rechts gehen auf einer Linie weiter, Auf und Ab wechseln die Linie, die Eingabetaste springt zum Ereignis.</translation>
    </message>
</context>
<context>
    <name>ChartsView</name>
    <message>
        <source>Choose “Chart over time” in the menu of a number in an event.</source>
        <translation>Im Kontextmenü einer Zahl in einem Ereignis „Zeitdiagramm“ wählen.</translation>
    </message>
</context>
<context>
    <name>ChoiceSection</name>
    <message>
        <source>Choice for {0}</source>
        <translation>Auswahl für {0}</translation>
    </message>
    <message>
        <source>One of</source>
        <translation>Eines von</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
</context>
<context>
    <name>Colours</name>
    <message>
        <source>No colour</source>
        <translation>Keine Farbe</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Türkis</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
</context>
<context>
    <name>ColumnDialog</name>
    <message>
        <source>Rename column</source>
        <translation>Spalte umbenennen</translation>
    </message>
    <message>
        <source>Add a column</source>
        <translation>Spalte hinzufügen</translation>
    </message>
    <message>
        <source>for example PhoneStatus/CallerId</source>
        <translation>zum Beispiel PhoneStatus/CallerId</translation>
    </message>
    <message>
        <source>&amp;Path</source>
        <translation>&amp;Pfad</translation>
    </message>
    <message>
        <source>&amp;Heading</source>
        <translation>Ü&amp;berschrift</translation>
    </message>
    <message>
        <source>Element path below the event type, separated by /. * is any element, @name an attribute. $name alone is a property.</source>
        <translation>Elementpfad unterhalb des Ereignistyps, getrennt durch /. * ist ein beliebiges Element, @name ein Attribut. $name allein ist eine Eigenschaft.</translation>
    </message>
</context>
<context>
    <name>ColumnMenu</name>
    <message>
        <source>Add a column…</source>
        <translation>Spalte hinzufügen&#xa0;…</translation>
    </message>
    <message>
        <source>Default columns</source>
        <translation>Standardspalten</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>Anordnen</translation>
    </message>
    <message>
        <source>Move “%1” to the left</source>
        <translation>„%1“ nach links</translation>
    </message>
    <message>
        <source>Move “%1” to the right</source>
        <translation>„%1“ nach rechts</translation>
    </message>
    <message>
        <source>Rename column “%1”…</source>
        <translation>Spalte „%1“ umbenennen&#xa0;…</translation>
    </message>
    <message>
        <source>Remove column “%1”</source>
        <translation>Spalte „%1“ entfernen</translation>
    </message>
    <message>
        <source>Add a computed column…</source>
        <translation>Berechnete Spalte hinzufügen&#xa0;…</translation>
    </message>
    <message>
        <source>Edit column “%1”…</source>
        <translation>Spalte „%1“ bearbeiten&#xa0;…</translation>
    </message>
</context>
<context>
    <name>ColumnsPage</name>
    <message>
        <source>S&amp;how these columns when only this profile is checked</source>
        <translation>Diese Spalten an&amp;zeigen, wenn nur dieses Profil aktiv ist</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move do&amp;wn</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>All commands</source>
        <translation>Alle Befehle</translation>
    </message>
    <message>
        <source>Name of a command</source>
        <translation>Name eines Befehls</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
</context>
<context>
    <name>CommandView</name>
    <message>
        <source>Program and arguments</source>
        <translation>Programm und Argumente</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>found at</source>
        <translation>gefunden unter</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>includes</source>
        <translation>umfasst</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Fi&amp;lter</source>
        <translation>&amp;Filter</translation>
    </message>
    <message>
        <source>&amp;Profiles</source>
        <translation>&amp;Profile</translation>
    </message>
    <message>
        <source>&amp;Connection</source>
        <translation>&amp;Verbindung</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;New capture</source>
        <translation>&amp;Neue Aufzeichnung</translation>
    </message>
    <message>
        <source>&amp;Open capture…</source>
        <translation>Aufzeichnung ö&amp;ffnen&#xa0;…</translation>
    </message>
    <message>
        <source>Open &amp;read-only…</source>
        <translation>Sch&amp;reibgeschützt öffnen&#xa0;…</translation>
    </message>
    <message>
        <source>View a capture, even while another monitor is recording it</source>
        <translation>Eine Aufzeichnung ansehen, auch während ein anderer Monitor aufzeichnet</translation>
    </message>
    <message>
        <source>&amp;Save capture as…</source>
        <translation>Aufzeichnung &amp;speichern unter&#xa0;…</translation>
    </message>
    <message>
        <source>Save s&amp;hown events as…</source>
        <translation>&amp;Angezeigte Ereignisse speichern&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren&#xa0;…</translation>
    </message>
    <message>
        <source>Write events as XML, JSON lines, CSV or HTML, or copy them</source>
        <translation>Ereignisse als XML, JSON-Zeilen, CSV oder HTML speichern oder kopieren</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren&#xa0;…</translation>
    </message>
    <message>
        <source>Read an export in XML or JSON lines as a new capture</source>
        <translation>Einen Export (XML oder JSON-Zeilen) als neue Aufzeichnung einlesen</translation>
    </message>
    <message>
        <source>&amp;Merge captures…</source>
        <translation>Aufzeichnungen &amp;zusammenführen&#xa0;…</translation>
    </message>
    <message>
        <source>S&amp;plit by time…</source>
        <translation>Nach Zeit &amp;teilen&#xa0;…</translation>
    </message>
    <message>
        <source>Re&amp;cover a damaged capture…</source>
        <translation>Beschädigte Aufzeichnung wieder&amp;herstellen&#xa0;…</translation>
    </message>
    <message>
        <source>Repla&amp;y…</source>
        <translation>&amp;Wiedergeben&#xa0;…</translation>
    </message>
    <message>
        <source>Send the events of a capture again or show them in this window</source>
        <translation>Ereignisse einer Aufzeichnung erneut senden oder in diesem Fenster anzeigen</translation>
    </message>
    <message>
        <source>&amp;Limits of the capture…</source>
        <translation>Be&amp;grenzung der Aufzeichnung&#xa0;…</translation>
    </message>
    <message>
        <source>Remove the oldest entries by size, age or number</source>
        <translation>Älteste Einträge nach Größe, Alter oder Anzahl entfernen</translation>
    </message>
    <message>
        <source>Restore session on s&amp;tart</source>
        <translation>Sitzung beim Start wiederherste&amp;llen</translation>
    </message>
    <message>
        <source>Connections, filter, profiles and the event being composed</source>
        <translation>Verbindungen, Filter, Profile und das Ereignis in Arbeit</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Copy rows</source>
        <translation>Zeilen &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;XML</source>
        <translation>&amp;XML kopieren</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Suchen&#xa0;…</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>&amp;Weitersuchen</translation>
    </message>
    <message>
        <source>Find &amp;previous</source>
        <translation>&amp;Rückwärts suchen</translation>
    </message>
    <message>
        <source>&amp;Go to time…</source>
        <translation>&amp;Zu Zeitpunkt springen&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Mark</source>
        <translation>&amp;Markieren</translation>
    </message>
    <message>
        <source>Mark the selected events or remove their mark</source>
        <translation>Markierung der ausgewählten Ereignisse setzen oder entfernen</translation>
    </message>
    <message>
        <source>Next mar&amp;k</source>
        <translation>&amp;Nächste Markierung</translation>
    </message>
    <message>
        <source>Previous m&amp;ark</source>
        <translation>&amp;Vorige Markierung</translation>
    </message>
    <message>
        <source>Previous invalid &amp;event or gap</source>
        <translation>Voriges ungültiges &amp;Ereignis oder vorige Lücke</translation>
    </message>
    <message>
        <source>C&amp;omment…</source>
        <translation>K&amp;ommentar&#xa0;…</translation>
    </message>
    <message>
        <source>Compa&amp;re two events…</source>
        <translation>Zwei Ereignisse verg&amp;leichen&#xa0;…</translation>
    </message>
    <message>
        <source>Show two selected events side by side</source>
        <translation>Zwei ausgewählte Ereignisse nebeneinander anzeigen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>Freeze the table. New events are still recorded and counted.</source>
        <translation>Tabelle anhalten. Neue Ereignisse werden weiter aufgezeichnet und gezählt.</translation>
    </message>
    <message>
        <source>&amp;Follow newest</source>
        <translation>Neuesten &amp;folgen</translation>
    </message>
    <message>
        <source>Go to the t&amp;imeline</source>
        <translation>Zur Ze&amp;itleiste</translation>
    </message>
    <message>
        <source>Show all &amp;times</source>
        <translation>Alle &amp;Zeiten anzeigen</translation>
    </message>
    <message>
        <source>Show the whole capture instead of a time span</source>
        <translation>Ganze Aufzeichnung statt einer Zeitspanne anzeigen</translation>
    </message>
    <message>
        <source>&amp;Statistics</source>
        <translation>&amp;Statistik</translation>
    </message>
    <message>
        <source>Count events by type, sender or field, and over time</source>
        <translation>Ereignisse nach Typ, Absender oder Feld und im Zeitverlauf zählen</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>Empty the table. The capture keeps all events.</source>
        <translation>Tabelle leeren. Die Aufzeichnung behält alle Ereignisse.</translation>
    </message>
    <message>
        <source>Show c&amp;leared events again</source>
        <translation>Geleerte Ereignisse &amp;wieder anzeigen</translation>
    </message>
    <message>
        <source>Alerts of the profiles and their events</source>
        <translation>Alarme der Profile und ihre Ereignisse</translation>
    </message>
    <message>
        <source>Colu&amp;mns…</source>
        <translation>S&amp;palten&#xa0;…</translation>
    </message>
    <message>
        <source>Choose the columns of the table or add one for a value</source>
        <translation>Spalten der Tabelle auswählen oder Spalte für einen Wert hinzufügen</translation>
    </message>
    <message>
        <source>&amp;All commands…</source>
        <translation>Alle &amp;Befehle&#xa0;…</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>A&amp;nordnung zurücksetzen</translation>
    </message>
    <message>
        <source>S&amp;ystem theme</source>
        <translation>S&amp;ystemdesign</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Type a filter</source>
        <translation>Filter &amp;eingeben</translation>
    </message>
    <message>
        <source>Filter &amp;editor</source>
        <translation>Filtere&amp;ditor</translation>
    </message>
    <message>
        <source>Show or hide the filter editor</source>
        <translation>Filtereditor ein- oder ausblenden</translation>
    </message>
    <message>
        <source>&amp;Remove the filter</source>
        <translation>Filter ent&amp;fernen</translation>
    </message>
    <message>
        <source>&amp;Show all</source>
        <translation>&amp;Alles anzeigen</translation>
    </message>
    <message>
        <source>Remove the filter and uncheck all profiles</source>
        <translation>Filter entfernen und alle Profile abwählen</translation>
    </message>
    <message>
        <source>Save as &amp;profile…</source>
        <translation>Als &amp;Profil speichern&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Use as broker filter…</source>
        <translation>Als &amp;Brokerfilter verwenden&#xa0;…</translation>
    </message>
    <message>
        <source>Make the broker send only matching events</source>
        <translation>Vom Broker nur passende Ereignisse senden lassen</translation>
    </message>
    <message>
        <source>&amp;New profile…</source>
        <translation>&amp;Neues Profil&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Edit profile…</source>
        <translation>Profil &amp;bearbeiten&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Rename profile…</source>
        <translation>Profil &amp;umbenennen&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Duplicate profile</source>
        <translation>Profil &amp;duplizieren</translation>
    </message>
    <message>
        <source>De&amp;lete profile</source>
        <translation>Profil &amp;löschen</translation>
    </message>
    <message>
        <source>&amp;Undo deleting a profile</source>
        <translation>Löschen &amp;rückgängig machen</translation>
    </message>
    <message>
        <source>Move profile u&amp;p</source>
        <translation>Profil nach &amp;oben</translation>
    </message>
    <message>
        <source>The first matching profile sets the colour</source>
        <translation>Das erste passende Profil bestimmt die Farbe</translation>
    </message>
    <message>
        <source>Move profile do&amp;wn</source>
        <translation>Profil nach un&amp;ten</translation>
    </message>
    <message>
        <source>&amp;Import profiles…</source>
        <translation>Profile &amp;importieren&#xa0;…</translation>
    </message>
    <message>
        <source>E&amp;xport profile…</source>
        <translation>Profil e&amp;xportieren&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;New connection…</source>
        <translation>&amp;Neue Verbindung&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Try the demo</source>
        <translation>&amp;Demo starten</translation>
    </message>
    <message>
        <source>Start a bus with a simulated office on this computer and connect to it</source>
        <translation>Bus mit simuliertem Büro auf diesem Rechner starten und verbinden</translation>
    </message>
    <message>
        <source>&amp;Manage connections…</source>
        <translation>Verbindungen ver&amp;walten&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Reconnect</source>
        <translation>&amp;Erneut verbinden</translation>
    </message>
    <message>
        <source>Retry refused or lost connections now</source>
        <translation>Abgelehnte oder verlorene Verbindungen sofort neu versuchen</translation>
    </message>
    <message>
        <source>&amp;Disconnect all</source>
        <translation>Alle &amp;trennen</translation>
    </message>
    <message>
        <source>&amp;Compose</source>
        <translation>&amp;Verfassen</translation>
    </message>
    <message>
        <source>Compose and send an event</source>
        <translation>Ereignis verfassen und senden</translation>
    </message>
    <message>
        <source>Compose &amp;from event</source>
        <translation>Neues Ereignis d&amp;araus erstellen</translation>
    </message>
    <message>
        <source>Compose a new event from a copy of the selected one</source>
        <translation>Neues Ereignis aus einer Kopie des ausgewählten erstellen</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>&amp;Tastenkürzel&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;About Clacks Event Monitor</source>
        <translation>Ü&amp;ber Clacks Event Monitor</translation>
    </message>
    <message>
        <source>Eve&amp;nt</source>
        <translation>&amp;Ereignis</translation>
    </message>
    <message>
        <source>Next in&amp;valid event or gap</source>
        <translation>Nächstes &amp;ungültiges Ereignis oder nächste Lücke</translation>
    </message>
    <message>
        <source>Latest al&amp;erts…</source>
        <translation>Neueste Ala&amp;rme&#xa0;…</translation>
    </message>
    <message>
        <source>Li&amp;ght</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Manual</source>
        <translation>&amp;Handbuch</translation>
    </message>
    <message>
        <source>Open the manual at the part of the window that has the focus</source>
        <translation>Handbuch zum aktiven Teil des Fensters öffnen</translation>
    </message>
    <message>
        <source>&amp;First steps</source>
        <translation>&amp;Erste Schritte</translation>
    </message>
    <message>
        <source>&amp;XQuery cheat sheet</source>
        <translation>&amp;XQuery-Übersicht</translation>
    </message>
    <message>
        <source>Queries by example, and the event types of this site</source>
        <translation>Beispielabfragen und die Ereignistypen dieses Standorts</translation>
    </message>
    <message>
        <source>Bro&amp;ker</source>
        <translation>Bro&amp;ker</translation>
    </message>
    <message>
        <source>Remove &amp;broker filter</source>
        <translation>Bro&amp;kerfilter entfernen</translation>
    </message>
    <message>
        <source>Receive all events again</source>
        <translation>Wieder alle Ereignisse empfangen</translation>
    </message>
    <message>
        <source>Details of the broker, the connection and its links</source>
        <translation>Angaben zu Broker, Verbindung und Links</translation>
    </message>
    <message>
        <source>Correct the &amp;filter</source>
        <translation>K&amp;orrigieren</translation>
    </message>
    <message>
        <source>Declare a prefix, replace misspelt names or search for the text</source>
        <translation>Präfix deklarieren, falsch geschriebene Namen ersetzen oder nach dem Text suchen</translation>
    </message>
    <message>
        <source>Open archi&amp;ve…</source>
        <translation>Archi&amp;v öffnen …</translation>
    </message>
    <message>
        <source>View the events that a recorder keeps in a PostgreSQL database</source>
        <translation>Die Ereignisse ansehen, die in einer PostgreSQL-Datenbank aufgezeichnet sind</translation>
    </message>
    <message>
        <source>&amp;Notes</source>
        <translation>N&amp;otizen</translation>
    </message>
    <message>
        <source>List marked and commented events</source>
        <translation>Markierte und kommentierte Ereignisse auflisten</translation>
    </message>
    <message>
        <source>C&amp;harts</source>
        <translation>Diagram&amp;me</translation>
    </message>
    <message>
        <source>Numbers in events over time, one line for each host, agent or client</source>
        <translation>Zahlen in Ereignissen im Zeitverlauf, eine Linie je Host, Agent oder Client</translation>
    </message>
    <message>
        <source>Preference&amp;s…</source>
        <translation>Einstellun&amp;gen …</translation>
    </message>
    <message>
        <source>Language, theme, size of text, times, captures and notifications</source>
        <translation>Sprache, Design, Textgröße, Zeiten, Aufzeichnungen und Benachrichtigungen</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Text vergrößern</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Text verkleinern</translation>
    </message>
    <message>
        <source>Normal text size</source>
        <translation>Normale Textgröße</translation>
    </message>
    <message>
        <source>Show times since the selected row, or no longer</source>
        <translation>Zeiten seit der ausgewählten Zeile anzeigen oder nicht mehr anzeigen</translation>
    </message>
    <message>
        <source>&amp;Time reference</source>
        <translation>Zei&amp;treferenz</translation>
    </message>
    <message>
        <source>&amp;New event type…</source>
        <translation>&amp;Neuer Ereignistyp …</translation>
    </message>
    <message>
        <source>Write a schema to begin with, and open it in an editor</source>
        <translation>Ein Schema als Anfang anlegen und in einem Editor öffnen</translation>
    </message>
    <message>
        <source>&amp;Schema folder</source>
        <translation>&amp;Schema-Ordner</translation>
    </message>
    <message>
        <source>Show the folder of your schemas, which are read whenever they are saved</source>
        <translation>Den Ordner der eigenen Schemas anzeigen; sie werden nach jedem Speichern eingelesen</translation>
    </message>
    <message>
        <source>Copies of th&amp;is event</source>
        <translation>Kopien d&amp;ieses Ereignisses</translation>
    </message>
    <message>
        <source>Show the copies that proxies relayed, or fold them below one row</source>
        <translation>Kopien zeigen, die Proxys weitergeleitet haben, oder zu einer Zeile zusammenfassen</translation>
    </message>
    <message>
        <source>F&amp;old copies</source>
        <translation>Kopi&amp;en zusammenfassen</translation>
    </message>
    <message>
        <source>Show one row for each message that proxies relayed, with a count</source>
        <translation>Eine Zeile mit Anzahl für jede Nachricht zeigen, die Proxys weitergeleitet haben</translation>
    </message>
    <message>
        <source>&amp;Questions</source>
        <translation>Fra&amp;gen</translation>
    </message>
    <message>
        <source>Ask the capture by XQuery: how often, how long, who, which</source>
        <translation>Die Aufzeichnung mit XQuery befragen: wie oft, wie lange, wer, welche</translation>
    </message>
    <message>
        <source>Calls, sessions, presence and gaps as bars over time</source>
        <translation>Anrufe, Sitzungen, Anwesenheit und Lücken als Balken über der Zeit</translation>
    </message>
    <message>
        <source>Spans o&amp;ver time</source>
        <translation>Zei&amp;träume</translation>
    </message>
</context>
<context>
    <name>CompletionPopup</name>
    <message>
        <source>Completions</source>
        <translation>Vervollständigungen</translation>
    </message>
</context>
<context>
    <name>ComposeWindow</name>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Effects</source>
        <translation>Auswirkungen</translation>
    </message>
    <message>
        <source>Burst</source>
        <translation>Serienversand</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>No form is available for this event: {0}. It can be edited as text and sent.</source>
        <translation>Für dieses Ereignis gibt es kein Formular: {0}. Es kann als Text bearbeitet und gesendet werden.</translation>
    </message>
    <message>
        <source>Compose {0}</source>
        <translation>{0} verfassen</translation>
    </message>
    <message>
        <source>an event</source>
        <translation>ein Ereignis</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Problems ({0})</source>
        <translation>Probleme ({0})</translation>
    </message>
    <message>
        <source>Compose an event</source>
        <translation>Ereignis verfassen</translation>
    </message>
    <message>
        <source>Even&amp;t</source>
        <translation>Erei&amp;gnis</translation>
    </message>
    <message>
        <source>Event type</source>
        <translation>Ereignistyp</translation>
    </message>
    <message>
        <source>T&amp;o</source>
        <translation>A&amp;n</translation>
    </message>
    <message>
        <source>Connection to send over</source>
        <translation>Verbindung zum Senden</translation>
    </message>
    <message>
        <source>throu&amp;gh</source>
        <translation>&amp;über</translation>
    </message>
    <message>
        <source>Route to the bus</source>
        <translation>Weg zum Bus</translation>
    </message>
    <message>
        <source>Event as XML</source>
        <translation>Ereignis als XML</translation>
    </message>
    <message>
        <source>Send an&amp;yway</source>
        <translation>Trotz &amp;Fehlern senden</translation>
    </message>
    <message>
        <source>Send the event despite its problems, to test receivers</source>
        <translation>Ereignis trotz Fehlern senden, um Empfänger zu testen</translation>
    </message>
    <message>
        <source>&amp;Event</source>
        <translation>&amp;Ereignis</translation>
    </message>
    <message>
        <source>E&amp;dit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Insert a placeholder</source>
        <translation>&amp;Platzhalter einfügen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;New event of this type</source>
        <translation>&amp;Neues Ereignis dieses Typs</translation>
    </message>
    <message>
        <source>Start over with an empty event of this type</source>
        <translation>Mit einem leeren Ereignis dieses Typs neu beginnen</translation>
    </message>
    <message>
        <source>&amp;Fill with example values</source>
        <translation>Mit &amp;Beispielwerten füllen</translation>
    </message>
    <message>
        <source>Start over with plausible example values</source>
        <translation>Mit plausiblen Beispielwerten neu beginnen</translation>
    </message>
    <message>
        <source>Save as &amp;template…</source>
        <translation>Als &amp;Vorlage speichern&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>&amp;Senden</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Next &amp;problem</source>
        <translation>Nächstes &amp;Problem</translation>
    </message>
    <message>
        <source>&amp;Form or XML</source>
        <translation>&amp;Formular oder XML</translation>
    </message>
    <message>
        <source>Switch between form and XML</source>
        <translation>Zwischen Formular und XML wechseln</translation>
    </message>
    <message>
        <source>&amp;Explain the fields</source>
        <translation>Felder &amp;erklären</translation>
    </message>
    <message>
        <source>&amp;Preview with placeholders resolved</source>
        <translation>&amp;Vorschau mit aufgelösten Platzhaltern</translation>
    </message>
    <message>
        <source>No form is available for this event: {0}. It can be sent unchanged.</source>
        <translation>Für dieses Ereignis gibt es kein Formular: {0}. Es kann unverändert gesendet werden.</translation>
    </message>
    <message>
        <source>The event is being read…</source>
        <translation>Ereignis wird gelesen&#xa0;…</translation>
    </message>
    <message>
        <source>The text is not well-formed. Fix it to edit the form again.</source>
        <translation>Der Text ist nicht wohlgeformt. Nach der Korrektur lässt sich das Formular wieder bearbeiten.</translation>
    </message>
</context>
<context>
    <name>ComputedColumnDialog</name>
    <message>
        <source>Edit computed column</source>
        <translation>Berechnete Spalte bearbeiten</translation>
    </message>
    <message>
        <source>Add a computed column</source>
        <translation>Berechnete Spalte hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Heading</source>
        <translation>Ü&amp;berschrift</translation>
    </message>
    <message>
        <source>XQuery &amp;expression, evaluated for each event</source>
        <translation>XQuery-&amp;Ausdruck, für jedes Ereignis ausgewertet</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>Ausdruck</translation>
    </message>
    <message>
        <source>The expression is too long: at most %1 characters.</source>
        <translation>Der Ausdruck ist zu lang: höchstens %1 Zeichen.</translation>
    </message>
</context>
<context>
    <name>ComputedColumns</name>
    <message>
        <source>Sorting by “%1”: %2 %</source>
        <translation>Sortieren nach „%1“: %2&#xa0;%</translation>
    </message>
    <message>
        <source>Sorted by “%1”</source>
        <translation>Sortiert nach „%1“</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Type “{0}” to confirm:</source>
        <translation>Zur Bestätigung „{0}“ eingeben:</translation>
    </message>
    <message>
        <source>Name of the connection</source>
        <translation>Name der Verbindung</translation>
    </message>
    <message>
        <source>Send to production</source>
        <translation>An das Produktivsystem senden</translation>
    </message>
    <message>
        <source>Send to production?</source>
        <translation>An das Produktivsystem senden?</translation>
    </message>
</context>
<context>
    <name>ConnectionActions</name>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>connecting…</source>
        <translation>Verbindungsaufbau&#xa0;…</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>Verbindung verloren</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>Connect to a bus</source>
        <translation>Mit einem Bus verbinden</translation>
    </message>
    <message>
        <source>Production: %1</source>
        <translation>Produktivsystem: %1</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>keine Verbindung</translation>
    </message>
    <message numerus="yes">
        <source>%Ln without connection</source>
        <translation>
            <numerusform>%Ln ohne Verbindung</numerusform>
            <numerusform>%Ln ohne Verbindung</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectionDialog</name>
    <message>
        <source>New connection</source>
        <translation>Neue Verbindung</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>detect automatically</source>
        <translation>automatisch erkennen</translation>
    </message>
    <message>
        <source>embedded broker of this program</source>
        <translation>eingebauter Broker dieses Programms</translation>
    </message>
    <message>
        <source>another AMQP 1.0 broker</source>
        <translation>ein anderer AMQP-1.0-Broker</translation>
    </message>
    <message>
        <source>automatic (strongest available)</source>
        <translation>automatisch (stärkstes Verfahren)</translation>
    </message>
    <message>
        <source>CA certificates to verify the broker</source>
        <translation>Zertifizierungsstellen für das Zertifikat des Brokers</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>Private key of the client certificate</source>
        <translation>Privater Schlüssel des Client-Zertifikats</translation>
    </message>
    <message>
        <source>Enter a name for the connection.</source>
        <translation>Geben Sie einen Namen für die Verbindung ein.</translation>
    </message>
    <message>
        <source>The issuer of the certificate is not verified. Anyone could impersonate this broker.</source>
        <translation>Der Aussteller des Zertifikats wird nicht geprüft. Jeder könnte sich als dieser Broker ausgeben.</translation>
    </message>
    <message>
        <source>The host name is not verified. Any certificate of the CA is accepted.</source>
        <translation>Der Hostname wird nicht geprüft. Jedes Zertifikat der Zertifizierungsstelle wird akzeptiert.</translation>
    </message>
    <message>
        <source>The password would be sent unencrypted. Turn on TLS or allow it explicitly.</source>
        <translation>Das Passwort würde unverschlüsselt gesendet. Schalten Sie TLS ein oder erlauben Sie dies ausdrücklich.</translation>
    </message>
    <message>
        <source>The password is sent unencrypted.</source>
        <translation>Das Passwort wird unverschlüsselt gesendet.</translation>
    </message>
    <message>
        <source>Sending to production requires a typed confirmation.</source>
        <translation>Senden an das Produktivsystem erfordert eine eingetippte Bestätigung.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>office bus</source>
        <translation>Bus im Büro</translation>
    </message>
    <message>
        <source>&amp;URL</source>
        <translation>&amp;URL</translation>
    </message>
    <message>
        <source>&amp;Hosts</source>
        <translation>Ho&amp;sts</translation>
    </message>
    <message>
        <source>One host per line, with its port if it differs. Hosts are tried in this order.</source>
        <translation>Ein Host je Zeile, bei abweichendem Port mit Port. Die Reihenfolge gilt auch beim Verbinden.</translation>
    </message>
    <message>
        <source>one per line, tried in this order: host or host:port</source>
        <translation>einer je Zeile, in dieser Reihenfolge: Host oder Host:Port</translation>
    </message>
    <message>
        <source>&amp;Domain</source>
        <translation>&amp;Domäne</translation>
    </message>
    <message>
        <source>Su&amp;bject</source>
        <translation>Sub&amp;ject</translation>
    </message>
    <message>
        <source>Bro&amp;ker type</source>
        <translation>Brokert&amp;yp</translation>
    </message>
    <message>
        <source>Br&amp;oker</source>
        <translation>Br&amp;oker</translation>
    </message>
    <message>
        <source>Login and encr&amp;yption</source>
        <translation>Anmeldung und Versc&amp;hlüsselung</translation>
    </message>
    <message>
        <source>U&amp;ser</source>
        <translation>&amp;Benutzer</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Passwort</translation>
    </message>
    <message>
        <source>&amp;Remember the password in the system keyring</source>
        <translation>Passwort im &amp;Schlüsselbund des Systems speichern</translation>
    </message>
    <message>
        <source>Mecha&amp;nism</source>
        <translation>&amp;Mechanismus</translation>
    </message>
    <message>
        <source>Send the password without encryption</source>
        <translation>Passwort unverschlüsselt senden</translation>
    </message>
    <message>
        <source>Only on a trusted network: the password can be read in transit</source>
        <translation>Nur in einem vertrauenswürdigen Netz: Das Passwort kann unterwegs mitgelesen werden</translation>
    </message>
    <message>
        <source>&amp;Encrypt with TLS</source>
        <translation>Mit TLS &amp;verschlüsseln</translation>
    </message>
    <message>
        <source>&amp;CA certificates</source>
        <translation>&amp;Zertifizierungsstellen</translation>
    </message>
    <message>
        <source>system default</source>
        <translation>Systemvorgabe</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen&#xa0;…</translation>
    </message>
    <message>
        <source>Client certi&amp;ficate</source>
        <translation>Client-Zertifi&amp;kat</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>Pr&amp;ivate key</source>
        <translation>Privat&amp;er Schlüssel</translation>
    </message>
    <message>
        <source>in the certificate file</source>
        <translation>in der Zertifikatsdatei</translation>
    </message>
    <message>
        <source>Verify the &amp;host name</source>
        <translation>Hostnamen im Zertifikat p&amp;rüfen</translation>
    </message>
    <message>
        <source>&amp;Verify the issuer of the certificate</source>
        <translation>&amp;Aussteller des Zertifikats prüfen</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>We&amp;iteres</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>&amp;Farbe</translation>
    </message>
    <message>
        <source>&amp;Production: confirm before sending</source>
        <translation>&amp;Produktivsystem: Senden bestätigen</translation>
    </message>
    <message>
        <source>Shown as a band in the colour of the connection. Sending requires a typed confirmation.</source>
        <translation>Wird als Band in der Farbe der Verbindung angezeigt. Senden erfordert eine eingetippte Bestätigung.</translation>
    </message>
    <message>
        <source>&amp;Read-only: never send</source>
        <translation>Nur &amp;Lesezugriff: nie senden</translation>
    </message>
    <message>
        <source>Conn&amp;ection timeout</source>
        <translation>Zeitlimit für den Verbindun&amp;gsaufbau</translation>
    </message>
    <message>
        <source>Id&amp;le timeout</source>
        <translation>Leerlaufzeit (Idle Timeo&amp;ut)</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>Test results</source>
        <translation>Testergebnisse</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>Pr&amp;üfen</translation>
    </message>
    <message>
        <source>Test the connection step by step. Nothing is saved.</source>
        <translation>Verbindung schrittweise testen. Nichts wird gespeichert.</translation>
    </message>
    <message>
        <source>This version does not know the protocol of this connection.</source>
        <translation>Diese Version kennt das Protokoll dieser Verbindung nicht.</translation>
    </message>
    <message>
        <source>&amp;Virtual host</source>
        <translation>&amp;Virtueller Host</translation>
    </message>
    <message>
        <source>The virtual host of a RabbitMQ. Leave it empty for the default one.</source>
        <translation>Virtueller Host eines RabbitMQ. Für den voreingestellten leer lassen.</translation>
    </message>
    <message>
        <source>Stream &amp;from</source>
        <translation>Stream &amp;ab</translation>
    </message>
    <message>
        <source>Where to begin in a stream of RabbitMQ (domain: queues/NAME): first, last, next, an offset, or a time.</source>
        <translation>Beginn in einem Stream von RabbitMQ (Domäne: queues/NAME): first, last, next, ein Offset oder eine Uhrzeit.</translation>
    </message>
    <message>
        <source>Qpid dispatch router</source>
        <translation>Qpid-Dispatch-Router</translation>
    </message>
    <message>
        <source>Events that arrive here may be missing for other receivers.</source>
        <translation>Ereignisse, die hier ankommen, können anderen Empfängern fehlen.</translation>
    </message>
    <message>
        <source>T&amp;ake events away from other receivers</source>
        <translation>&amp;Anderen Empfängern Ereignisse wegnehmen</translation>
    </message>
    <message>
        <source>For a queue of the monitor&apos;s own, or a router&apos;s address that delivers to all. Anywhere else, an event that arrives here is missing there.</source>
        <translation>Für eine Warteschlange nur für diesen Monitor oder eine Adresse eines Routers, die an alle zustellt. Überall sonst fehlt ein Ereignis, das hier ankommt, einem anderen Empfänger.</translation>
    </message>
    <message>
        <source>Protoco&amp;l</source>
        <translation>Protoko&amp;ll</translation>
    </message>
    <message>
        <source>&amp;Event format</source>
        <translation>Ereignis&amp;format</translation>
    </message>
    <message>
        <source>Topi&amp;cs</source>
        <translation>Topi&amp;cs</translation>
    </message>
    <message>
        <source>What is subscribed to, with commas between them. Leave it empty for those of GOsa.</source>
        <translation>Was abonniert wird, mit Kommas dazwischen. Leer lassen für die Topics von GOsa.</translation>
    </message>
    <message>
        <source>MQTT ver&amp;sion</source>
        <translation>MQTT-V&amp;ersion</translation>
    </message>
    <message>
        <source>wrapped in JSON, as GOsa 3 does it</source>
        <translation>in JSON verpackt wie bei GOsa 3</translation>
    </message>
    <message>
        <source>the event itself</source>
        <translation>das Ereignis selbst</translation>
    </message>
    <message>
        <source>the newest that the broker knows</source>
        <translation>die neueste, die der Broker kennt</translation>
    </message>
    <message>
        <source>This takes effect when you save it. No event is missed.</source>
        <translation>Das gilt, sobald Sie speichern. Kein Ereignis geht verloren.</translation>
    </message>
    <message>
        <source>This takes effect at the next connect. Until then nothing changes.</source>
        <translation>Das gilt ab der nächsten Verbindung. Bis dahin ändert sich nichts.</translation>
    </message>
</context>
<context>
    <name>ConnectionWords</name>
    <message>
        <source>broker filter active</source>
        <translation>Brokerfilter aktiv</translation>
    </message>
    <message>
        <source>broker filter evaluated locally</source>
        <translation>Brokerfilter wird lokal ausgewertet</translation>
    </message>
    <message>
        <source>no broker filter</source>
        <translation>kein Brokerfilter</translation>
    </message>
    <message>
        <source>queue in the broker: %1 % full (publishers are blocked at 80 %)</source>
        <translation>Warteschlange im Broker: %1&#xa0;% voll (ab 80&#xa0;% werden Sender blockiert)</translation>
    </message>
    <message>
        <source>certificate not verified</source>
        <translation>Zertifikat nicht geprüft</translation>
    </message>
    <message>
        <source>host name not verified</source>
        <translation>Hostname nicht geprüft</translation>
    </message>
    <message>
        <source>password in clear text</source>
        <translation>Passwort im Klartext</translation>
    </message>
</context>
<context>
    <name>ConnectionsManager</name>
    <message>
        <source>not connected</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>connecting…</source>
        <translation>Verbindungsaufbau&#xa0;…</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>Verbindung verloren</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>production</source>
        <translation>Produktivsystem</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>Lesezugriff</translation>
    </message>
    <message>
        <source>Dis&amp;connect</source>
        <translation>&amp;Trennen</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation>&amp;Verbinden</translation>
    </message>
    <message>
        <source>{0} (copy)</source>
        <translation>{0} (Kopie)</translation>
    </message>
    <message>
        <source>Remove the connection {0} and its password? This cannot be undone.</source>
        <translation>Verbindung {0} und ihr Passwort entfernen? Das kann nicht rückgängig gemacht werden.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>Broker</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;Neu&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Bearbeiten&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Duplicate…</source>
        <translation>&amp;Duplizieren&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>&amp;Schließen</translation>
    </message>
</context>
<context>
    <name>CopyActions</name>
    <message>
        <source>The copies are hidden by the filter</source>
        <translation>Der Filter blendet die Kopien aus</translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivery(s) of one message</source>
        <translation>
            <numerusform>%Ln Zustellung einer Nachricht</numerusform>
            <numerusform>%Ln Zustellungen einer Nachricht</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Demonstration</name>
    <message>
        <source>Starting the demo…</source>
        <translation>Demo wird gestartet&#xa0;…</translation>
    </message>
    <message>
        <source>The demo did not start: %1</source>
        <translation>Die Demo konnte nicht gestartet werden: %1</translation>
    </message>
</context>
<context>
    <name>DetailPane</name>
    <message>
        <source>Problem</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>XML</source>
        <translation>XML</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>Eigenschaften</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>XML of the event</source>
        <translation>XML des Ereignisses</translation>
    </message>
    <message>
        <source>Select an event to see its details.</source>
        <translation>Wählen Sie ein Ereignis aus, um seine Details anzuzeigen.</translation>
    </message>
    <message>
        <source>Selected event</source>
        <translation>Ausgewähltes Ereignis</translation>
    </message>
    <message>
        <source>As received</source>
        <translation>Wie empfangen</translation>
    </message>
    <message>
        <source>Show the body as received, without indentation</source>
        <translation>Body wie empfangen anzeigen, ohne Einrückung</translation>
    </message>
    <message>
        <source>No event selected</source>
        <translation>Kein Ereignis ausgewählt</translation>
    </message>
    <message>
        <source>Gap: no connection</source>
        <translation>Kein Empfang</translation>
    </message>
    <message>
        <source>Gap: disk full</source>
        <translation>Datenträger voll</translation>
    </message>
    <message>
        <source>A gap has no XML. Events sent during this time were not received.</source>
        <translation>Eine Lücke hat kein XML. Ereignisse aus dieser Zeit wurden nicht empfangen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln event(s) could be stored neither on disk nor in memory.</source>
        <translation>
            <numerusform>%Ln Ereignis konnte weder auf dem Datenträger noch im Arbeitsspeicher abgelegt werden.</numerusform>
            <numerusform>%Ln Ereignisse konnten weder auf dem Datenträger noch im Arbeitsspeicher abgelegt werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Events were held in memory and stored later. Nothing was lost.</source>
        <translation>Ereignisse wurden im Arbeitsspeicher gehalten und später gespeichert. Nichts ging verloren.</translation>
    </message>
    <message>
        <source>Show all…</source>
        <translation>Alles anzeigen&#xa0;…</translation>
    </message>
    <message>
        <source>Reading the event…</source>
        <translation>Ereignis wird gelesen&#xa0;…</translation>
    </message>
    <message>
        <source>The first %1 characters of %2</source>
        <translation>Die ersten %1 Zeichen von %2</translation>
    </message>
</context>
<context>
    <name>DifferenceDialog</name>
    <message numerus="yes">
        <source>%Ln line(s) differ</source>
        <translation>
            <numerusform>%Ln Zeile unterscheidet sich</numerusform>
            <numerusform>%Ln Zeilen unterscheiden sich</numerusform>
        </translation>
    </message>
    <message>
        <source>The events are identical</source>
        <translation>Die Ereignisse sind identisch</translation>
    </message>
    <message>
        <source>Compare two events</source>
        <translation>Zwei Ereignisse vergleichen</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Vergleich läuft&#xa0;…</translation>
    </message>
    <message>
        <source>The compared beginnings are identical</source>
        <translation>Die verglichenen Anfänge sind identisch</translation>
    </message>
    <message>
        <source>too different for a line-by-line comparison</source>
        <translation>zu verschieden für einen zeilenweisen Vergleich</translation>
    </message>
    <message>
        <source>only the beginning of each event is compared</source>
        <translation>nur die Anfänge werden verglichen</translation>
    </message>
</context>
<context>
    <name>Dispatch</name>
    <message numerus="yes">
        <source>%Ln problem(s): fix them or tick “Send anyway”.</source>
        <translation>
            <numerusform>%Ln Problem: beheben oder „Trotz Fehlern senden“ wählen.</numerusform>
            <numerusform>%Ln Probleme: beheben oder „Trotz Fehlern senden“ wählen.</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} will be sent to the production bus {1}.</source>
        <translation>{0} wird an das Produktivsystem {1} gesendet.</translation>
    </message>
    <message>
        <source>An event</source>
        <translation>Ein Ereignis</translation>
    </message>
    <message numerus="yes">
        <source>%Ln required field(s) are empty.</source>
        <translation>
            <numerusform>%Ln Pflichtfeld ist leer.</numerusform>
            <numerusform>%Ln Pflichtfelder sind leer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DraftBar</name>
    <message>
        <source>Drafts</source>
        <translation>Entwürfe</translation>
    </message>
</context>
<context>
    <name>DraftTabs</name>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>{0} was not sent. Discard this draft?</source>
        <translation>{0} wurde nicht gesendet. Diesen Entwurf verwerfen?</translation>
    </message>
    <message>
        <source>Discard the draft</source>
        <translation>Entwurf verwerfen</translation>
    </message>
</context>
<context>
    <name>DurationEditor</name>
    <message>
        <source>Enter a duration (%1)</source>
        <translation>Dauer eingeben (%1)</translation>
    </message>
    <message>
        <source>Enter a duration</source>
        <translation>Dauer eingeben</translation>
    </message>
    <message numerus="yes">
        <source>%Ln year(s)</source>
        <translation>
            <numerusform>%Ln Jahr</numerusform>
            <numerusform>%Ln Jahre</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln month(s)</source>
        <translation>
            <numerusform>%Ln Monat</numerusform>
            <numerusform>%Ln Monate</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln Tag</numerusform>
            <numerusform>%Ln Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s)</source>
        <translation>
            <numerusform>%Ln Stunde</numerusform>
            <numerusform>%Ln Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln Minute</numerusform>
            <numerusform>%Ln Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} seconds</source>
        <translation>{0} Sekunden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln second(s)</source>
        <translation>
            <numerusform>%Ln Sekunde</numerusform>
            <numerusform>%Ln Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>zero duration</source>
        <translation>Dauer null</translation>
    </message>
    <message>
        <source>{0} negative</source>
        <translation>{0} (negativ)</translation>
    </message>
</context>
<context>
    <name>DurationPanel</name>
    <message>
        <source>&amp;Days</source>
        <translation>&amp;Tage</translation>
    </message>
    <message>
        <source>&amp;Hours</source>
        <translation>&amp;Stunden</translation>
    </message>
    <message>
        <source>&amp;Minutes</source>
        <translation>&amp;Minuten</translation>
    </message>
    <message>
        <source>&amp;Seconds</source>
        <translation>S&amp;ekunden</translation>
    </message>
    <message>
        <source>M&amp;onths</source>
        <translation>M&amp;onate</translation>
    </message>
    <message>
        <source>&amp;Years</source>
        <translation>&amp;Jahre</translation>
    </message>
</context>
<context>
    <name>Effects</name>
    <message>
        <source>Every client answers with a new ClientAnnounce event.</source>
        <translation>Jeder Client antwortet mit einem neuen ClientAnnounce-Ereignis.</translation>
    </message>
    <message>
        <source>The named users get a notification on their screen.</source>
        <translation>Die genannten Benutzer erhalten eine Benachrichtigung auf dem Bildschirm.</translation>
    </message>
    <message>
        <source>The call is counted in the telephone statistics.</source>
        <translation>Der Anruf wird in der Telefonstatistik gezählt.</translation>
    </message>
    <message>
        <source>Agents treat the client as online and offer its methods.</source>
        <translation>Der Client gilt als online, die Agenten bieten seine Methoden an.</translation>
    </message>
    <message>
        <source>Agents treat the client as offline until it announces itself again.</source>
        <translation>Der Client gilt als offline, bis er sich wieder anmeldet.</translation>
    </message>
    <message>
        <source>Every agent answers with a NodeCapabilities event.</source>
        <translation>Jeder Agent antwortet mit einem NodeCapabilities-Ereignis.</translation>
    </message>
    <message>
        <source>Agents route calls by the capabilities listed in it.</source>
        <translation>Die Agenten leiten Aufrufe nach den angegebenen Fähigkeiten weiter.</translation>
    </message>
    <message>
        <source>Agents treat the node as offline and send no more work to it.</source>
        <translation>Der Knoten gilt als offline und erhält keine Aufgaben mehr.</translation>
    </message>
    <message>
        <source>Agents balance their load by these values.</source>
        <translation>Die Agenten verteilen ihre Last nach diesen Werten.</translation>
    </message>
    <message>
        <source>These users count as logged on to the client and get their notifications there.</source>
        <translation>Diese Benutzer gelten am Client als angemeldet und erhalten dort ihre Benachrichtigungen.</translation>
    </message>
    <message>
        <source>The report is stored for the client.</source>
        <translation>Der Bericht wird für den Client gespeichert.</translation>
    </message>
    <message>
        <source>The measurement is stored.</source>
        <translation>Der Messwert wird gespeichert.</translation>
    </message>
    <message>
        <source>Telephone displays show the new status.</source>
        <translation>Telefonanzeigen zeigen den neuen Status an.</translation>
    </message>
    <message>
        <source>The user is warned that an open object will be closed.</source>
        <translation>Der Benutzer wird gewarnt, dass ein geöffnetes Objekt geschlossen wird.</translation>
    </message>
    <message>
        <source>Every proxy carries it out; at ACLChanged it reads its rights again.</source>
        <translation>Jeder Proxy führt es aus. Bei ACLChanged liest er seine Rechte neu.</translation>
    </message>
    <message>
        <source>Browsers that show the plug-in load it again.</source>
        <translation>Browser, die das Plug-in anzeigen, laden es neu.</translation>
    </message>
    <message>
        <source>The index reads the object again from the directory.</source>
        <translation>Der Index liest das Objekt neu aus dem Verzeichnis.</translation>
    </message>
    <message>
        <source>Backends and proxies treat the member as ready or gone, as the event says.</source>
        <translation>Backends und Proxys behandeln den Teilnehmer je nach Ereignis als bereit oder abgemeldet.</translation>
    </message>
    <message>
        <source>The methods listed in it are offered for the client.</source>
        <translation>Die aufgeführten Methoden werden für den Client angeboten.</translation>
    </message>
    <message>
        <source>User interfaces show the new progress or result.</source>
        <translation>Benutzeroberflächen zeigen den neuen Fortschritt oder das Ergebnis an.</translation>
    </message>
    <message>
        <source>User interfaces that show it are brought up to date.</source>
        <translation>Benutzeroberflächen, die es anzeigen, werden aktualisiert.</translation>
    </message>
    <message>
        <source>The inventory is stored for the client.</source>
        <translation>Das Inventar wird für den Client gespeichert.</translation>
    </message>
    <message>
        <source>No known receiver acts on it.</source>
        <translation>Kein bekannter Empfänger reagiert darauf.</translation>
    </message>
    <message>
        <source>Agents act on it.</source>
        <translation>Agenten reagieren darauf.</translation>
    </message>
    <message>
        <source>Machines act on it immediately.</source>
        <translation>Rechner reagieren sofort darauf.</translation>
    </message>
    <message>
        <source>Users are notified.</source>
        <translation>Benutzer werden benachrichtigt.</translation>
    </message>
    <message>
        <source>The receivers of this event type are not known.</source>
        <translation>Die Empfänger dieses Ereignistyps sind nicht bekannt.</translation>
    </message>
</context>
<context>
    <name>EffectsPane</name>
    <message>
        <source>Effects</source>
        <translation>Auswirkungen</translation>
    </message>
    <message>
        <source>Choose a connection to see the effects of sending.</source>
        <translation>Wählen Sie eine Verbindung, um die Auswirkungen des Sendens anzuzeigen.</translation>
    </message>
    <message>
        <source>The agent publishes it for users with the permission {0} (x).</source>
        <translation>Der Agent veröffentlicht es für Benutzer mit dem Recht {0} (x).</translation>
    </message>
    <message>
        <source>Matching profiles: {0}</source>
        <translation>Passende Profile: {0}</translation>
    </message>
    <message>
        <source>No matching profile.</source>
        <translation>Kein passendes Profil.</translation>
    </message>
    <message>
        <source>Profiles whose query raises an error: {0}</source>
        <translation>Profile, deren Abfrage einen Fehler auslöst: {0}</translation>
    </message>
</context>
<context>
    <name>ElementSection</name>
    <message>
        <source>Type of {0}</source>
        <translation>Typ von {0}</translation>
    </message>
    <message>
        <source>no value (nil)</source>
        <translation>kein Wert (nil)</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Connect…</source>
        <translation>Verbinden&#xa0;…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Connect to a bus to see its events here.</source>
        <translation>Verbinden Sie sich mit einem Bus, um seine Ereignisse hier anzuzeigen.</translation>
    </message>
    <message>
        <source>Open a capture…</source>
        <translation>Aufzeichnung öffnen&#xa0;…</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>%1 kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>Readable data can be recovered into a new capture. The file itself is not changed.</source>
        <translation>Lesbare Daten können in einer neuen Aufzeichnung wiederhergestellt werden. Die Datei selbst wird nicht geändert.</translation>
    </message>
    <message>
        <source>Recover data…</source>
        <translation>Daten wiederherstellen&#xa0;…</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>Demo starten</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>Verbindung mit %1 wird aufgebaut&#xa0;…</translation>
    </message>
    <message>
        <source>No connection to %1</source>
        <translation>Keine Verbindung zu %1</translation>
    </message>
    <message>
        <source>Reconnecting automatically.</source>
        <translation>Die Verbindung wird automatisch neu versucht.</translation>
    </message>
    <message>
        <source>Manage connections…</source>
        <translation>Verbindungen verwalten&#xa0;…</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>Erneut verbinden</translation>
    </message>
    <message>
        <source>Connected to %1, no events yet</source>
        <translation>Verbunden mit %1, noch keine Ereignisse</translation>
    </message>
    <message>
        <source>No events for %1. New events appear here.</source>
        <translation>Keine Ereignisse (Dauer: %1). Neue Ereignisse erscheinen hier.</translation>
    </message>
    <message>
        <source>Compose an event</source>
        <translation>Ereignis verfassen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln event(s) hidden</source>
        <translation>
            <numerusform>%Ln Ereignis ausgeblendet</numerusform>
            <numerusform>%Ln Ereignisse ausgeblendet</numerusform>
        </translation>
    </message>
    <message>
        <source>No event matches the filter and the checked profiles.</source>
        <translation>Kein Ereignis passt zum Filter und zu den gewählten Profilen.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle anzeigen</translation>
    </message>
    <message>
        <source>Cleared</source>
        <translation>Geleert</translation>
    </message>
    <message>
        <source>New events appear here. The capture keeps all events.</source>
        <translation>Neue Ereignisse erscheinen hier. Die Aufzeichnung behält alle Ereignisse.</translation>
    </message>
    <message>
        <source>Show cleared events again</source>
        <translation>Geleerte Ereignisse wieder anzeigen</translation>
    </message>
    <message>
        <source>The capture cannot be read</source>
        <translation>Die Aufzeichnung kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>This capture has no events</source>
        <translation>Diese Aufzeichnung enthält keine Ereignisse</translation>
    </message>
    <message>
        <source>The filter is a text, not a condition.</source>
        <translation>Der Filter ist ein Text und keine Bedingung.</translation>
    </message>
</context>
<context>
    <name>EventActions</name>
    <message>
        <source>Filter by a field</source>
        <translation>Nach einem Feld filtern</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Weitere</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) copied</source>
        <translation>
            <numerusform>%Ln Zeile kopiert</numerusform>
            <numerusform>%Ln Zeilen kopiert</numerusform>
        </translation>
    </message>
    <message>
        <source>XML copied</source>
        <translation>XML kopiert</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Springen</translation>
    </message>
    <message>
        <source>No events</source>
        <translation>Keine Ereignisse vorhanden</translation>
    </message>
    <message>
        <source>Go to time</source>
        <translation>Zu Zeitpunkt springen</translation>
    </message>
    <message>
        <source>No events at or after that time</source>
        <translation>Keine Ereignisse ab diesem Zeitpunkt</translation>
    </message>
    <message>
        <source>%1 are too large for the clipboard. Show the whole event and save it to a file.</source>
        <translation>%1 sind zu groß für die Zwischenablage. Zeigen Sie das ganze Ereignis an und speichern Sie es als Datei.</translation>
    </message>
    <message>
        <source>Event %1</source>
        <translation>Ereignis %1</translation>
    </message>
</context>
<context>
    <name>EventComment</name>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
</context>
<context>
    <name>EventFacts</name>
    <message numerus="yes">
        <source>%1, %Ln byte(s)</source>
        <translation>
            <numerusform>%1, %Ln Byte</numerusform>
            <numerusform>%1, %Ln Byte</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, too large to be listed</source>
        <translation>%1, zu groß für die Anzeige</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>Content type</source>
        <translation>Content-Type</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Body</translation>
    </message>
    <message>
        <source>Message ID</source>
        <translation>Message-ID</translation>
    </message>
    <message>
        <source>User ID</source>
        <translation>User-ID</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>Eigenschaften</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Events lost</source>
        <translation>Verlorene Ereignisse</translation>
    </message>
    <message>
        <source>Line %1, column %2</source>
        <translation>Zeile %1, Spalte %2</translation>
    </message>
</context>
<context>
    <name>EventTable</name>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Shown events, one per row; new events are added at the end.</source>
        <translation>Angezeigte Ereignisse, eines je Zeile; neue werden am Ende angefügt.</translation>
    </message>
</context>
<context>
    <name>ExportActions</name>
    <message>
        <source>Save shown events</source>
        <translation>Angezeigte Ereignisse speichern</translation>
    </message>
    <message>
        <source>Saving shown events as %1</source>
        <translation>Angezeigte Ereignisse werden als %1 gespeichert</translation>
    </message>
    <message>
        <source>Split the capture</source>
        <translation>Aufzeichnung teilen</translation>
    </message>
    <message>
        <source>Split…</source>
        <translation>Teilen&#xa0;…</translation>
    </message>
    <message>
        <source>Save both parts as</source>
        <translation>Beide Teile speichern als</translation>
    </message>
    <message>
        <source>%1 already exists.</source>
        <translation>%1 ist bereits vorhanden.</translation>
    </message>
    <message>
        <source>Splitting into %1 and %2</source>
        <translation>Aufteilung in %1 und %2</translation>
    </message>
    <message>
        <source>Export events</source>
        <translation>Ereignisse exportieren</translation>
    </message>
    <message>
        <source>Exporting to %1</source>
        <translation>Export nach %1</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>From – to</source>
        <translation>Von – bis</translation>
    </message>
    <message>
        <source>By type</source>
        <translation>Nach Typ</translation>
    </message>
    <message>
        <source>Gaps in which events may have been missed</source>
        <translation>Lücken, in denen Ereignisse fehlen können</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Copying to the clipboard</source>
        <translation>Kopieren in die Zwischenablage</translation>
    </message>
    <message>
        <source>Profiles: %1</source>
        <translation>Profile: %1</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Markierung</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Save…</source>
        <translation>Speichern&#xa0;…</translation>
    </message>
    <message>
        <source>C&amp;opy to the clipboard</source>
        <translation>In die &amp;Zwischenablage</translation>
    </message>
    <message>
        <source>Shown events (%1)</source>
        <translation>Angezeigte Ereignisse (%1)</translation>
    </message>
    <message>
        <source>Selected rows (%1)</source>
        <translation>Ausgewählte Zeilen (%1)</translation>
    </message>
    <message>
        <source>Whole capture (%1)</source>
        <translation>Ganze Aufzeichnung (%1)</translation>
    </message>
    <message>
        <source>XML, one document</source>
        <translation>XML (ein Dokument)</translation>
    </message>
    <message>
        <source>XML (*.xml)</source>
        <translation>XML (*.xml)</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON-Zeilen</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON-Zeilen (*.jsonl)</translation>
    </message>
    <message>
        <source>CSV for spreadsheets</source>
        <translation>CSV für Tabellenkalkulationen</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>HTML report</source>
        <translation>HTML-Bericht</translation>
    </message>
    <message>
        <source>Complete: can be imported without loss.</source>
        <translation>Vollständig, kann verlustfrei wieder importiert werden.</translation>
    </message>
    <message>
        <source>Complete, one entry per line: can be imported without loss.</source>
        <translation>Vollständig, ein Eintrag je Zeile, kann verlustfrei wieder importiert werden.</translation>
    </message>
    <message>
        <source>For other programs, times in UTC. It cannot be imported again.</source>
        <translation>Für andere Programme, Zeiten in UTC. Kann nicht wieder importiert werden.</translation>
    </message>
    <message>
        <source>HTML (*.html)</source>
        <translation>HTML (*.html)</translation>
    </message>
    <message>
        <source>A self-contained page, times in UTC. It cannot be imported again.</source>
        <translation>Eigenständige Seite, Zeiten in UTC. Kann nicht wieder importiert werden.</translation>
    </message>
    <message>
        <source>Only the first %1 are copied to the clipboard.</source>
        <translation>In die Zwischenablage werden nur die ersten %1 kopiert.</translation>
    </message>
    <message>
        <source>Export events</source>
        <translation>Ereignisse exportieren</translation>
    </message>
    <message>
        <source>E&amp;vents</source>
        <translation>&amp;Ereignisse</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;Columns (drag to reorder)</source>
        <translation>&amp;Spalten (Reihenfolge durch Ziehen)</translation>
    </message>
    <message>
        <source>Include &amp;event text, collapsed</source>
        <translation>&amp;Text der Ereignisse einfügen (eingeklappt)</translation>
    </message>
</context>
<context>
    <name>FactsTree</name>
    <message>
        <source>Details of the broker</source>
        <translation>Angaben zum Broker</translation>
    </message>
</context>
<context>
    <name>FieldsTree</name>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Fields of the event</source>
        <translation>Felder des Ereignisses</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more; press Enter to list them</source>
        <translation>
            <numerusform>%Ln weiteres; Eingabetaste zeigt es an</numerusform>
            <numerusform>%Ln weitere; Eingabetaste zeigt sie an</numerusform>
        </translation>
    </message>
    <message>
        <source>List is incomplete; see the XML</source>
        <translation>Liste unvollständig, siehe XML</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>Captures (*%1)</source>
        <translation>Aufzeichnungen (*%1)</translation>
    </message>
    <message>
        <source>%1 already exists. Replace it?</source>
        <translation>%1 ist bereits vorhanden. Ersetzen?</translation>
    </message>
    <message>
        <source>Replace?</source>
        <translation>Ersetzen?</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Filter by XQuery, for example ./*:Event/*:PhoneStatus</source>
        <translation>Nach XQuery filtern, zum Beispiel ./*:Event/*:PhoneStatus</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>XQuery expression. Enter applies it, Escape reverts the change.</source>
        <translation>XQuery-Ausdruck. Eingabetaste wendet ihn an, Esc verwirft die Änderung.</translation>
    </message>
    <message>
        <source>State of the filter</source>
        <translation>Status des Filters</translation>
    </message>
    <message>
        <source>The last valid filter stays active.</source>
        <translation>Der letzte gültige Filter bleibt aktiv.</translation>
    </message>
</context>
<context>
    <name>FilterEditor</name>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Filter editor</source>
        <translation>Filtereditor</translation>
    </message>
    <message>
        <source>%1 applies, %2 reverts, %3 completes.</source>
        <translation>%1 wendet an, %2 verwirft, %3 vervollständigt.</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>Probelauf</translation>
    </message>
    <message>
        <source>Query plan</source>
        <translation>Auswertung der Abfrage</translation>
    </message>
    <message>
        <source>Apply this query as filter (%1)</source>
        <translation>Diese Abfrage als Filter anwenden (%1)</translation>
    </message>
    <message>
        <source>%1 applies</source>
        <translation>%1 wendet an</translation>
    </message>
    <message>
        <source>Go to the error</source>
        <translation>Zum Fehler springen</translation>
    </message>
    <message>
        <source>State of the filter</source>
        <translation>Status des Filters</translation>
    </message>
</context>
<context>
    <name>FilterRun</name>
    <message>
        <source>filtering: %1 %, %2 found so far</source>
        <translation>Filterung: %1&#xa0;%, bisher %2 gefunden</translation>
    </message>
</context>
<context>
    <name>FilterState</name>
    <message>
        <source>no filter</source>
        <translation>kein Filter</translation>
    </message>
    <message>
        <source>checking…</source>
        <translation>wird geprüft&#xa0;…</translation>
    </message>
    <message>
        <source>Enter applies</source>
        <translation>Eingabetaste wendet an</translation>
    </message>
    <message>
        <source>Enter removes the filter</source>
        <translation>Eingabetaste entfernt den Filter</translation>
    </message>
    <message>
        <source>applied</source>
        <translation>angewendet</translation>
    </message>
    <message>
        <source>line %1, column %2</source>
        <translation>Zeile %1, Spalte %2</translation>
    </message>
    <message>
        <source>text, not a condition</source>
        <translation>Text, keine Bedingung</translation>
    </message>
    <message>
        <source>text contains “%1”</source>
        <translation>Text enthält „%1“</translation>
    </message>
    <message>
        <source>cannot match: %1</source>
        <translation>kein Treffer möglich: %1</translation>
    </message>
    <message>
        <source>applied, cannot match: %1</source>
        <translation>angewendet, kein Treffer möglich: %1</translation>
    </message>
    <message>
        <source>check: %1</source>
        <translation>bitte prüfen: %1</translation>
    </message>
    <message>
        <source>applied, check: %1</source>
        <translation>angewendet, bitte prüfen: %1</translation>
    </message>
    <message>
        <source>Declare %1</source>
        <translation>%1 deklarieren</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Search the text</source>
        <translation>Im Text suchen</translation>
    </message>
    <message>
        <source>Filter by:
%1</source>
        <translation>Filtern nach:
%1</translation>
    </message>
</context>
<context>
    <name>FilterTestMenu</name>
    <message>
        <source>Add as test event to</source>
        <translation>Als Testereignis hinzufügen zu</translation>
    </message>
    <message>
        <source>%1 are too large for a test event; the test events of a profile may have %2 in total</source>
        <translation>%1 sind zu groß für ein Testereignis; die Testereignisse eines Profils dürfen zusammen %2 groß sein</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
</context>
<context>
    <name>FilterTestsPage</name>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>Entfe&amp;rnen</translation>
    </message>
    <message>
        <source>Test event</source>
        <translation>Testereignis</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>Erwartet</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Test events</source>
        <translation>Testereignisse</translation>
    </message>
    <message>
        <source>Name of the test event</source>
        <translation>Name des Testereignisses</translation>
    </message>
    <message>
        <source>An event as XML. To take one from the table, use “Add as test event to” in its context menu.</source>
        <translation>Ein Ereignis als XML. Alternativ im Kontextmenü der Tabelle „Als Testereignis hinzufügen zu“ wählen.</translation>
    </message>
    <message>
        <source>XML of the test event</source>
        <translation>XML des Testereignisses</translation>
    </message>
    <message>
        <source>match</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>kein Treffer</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Test event %1</source>
        <translation>Testereignis %1</translation>
    </message>
    <message>
        <source>as expected</source>
        <translation>wie erwartet</translation>
    </message>
    <message>
        <source>fails</source>
        <translation>schlägt fehl</translation>
    </message>
    <message>
        <source>line %1, column %2</source>
        <translation>Zeile %1, Spalte %2</translation>
    </message>
    <message>
        <source>Too long to be edited here: this is its beginning.</source>
        <translation>Zum Bearbeiten zu lang. Angezeigt wird der Anfang.</translation>
    </message>
</context>
<context>
    <name>FilterTrial</name>
    <message>
        <source>%1 of the last %2 events match.</source>
        <translation>%1 der letzten %2 Ereignisse passen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln raise an error (counted as no match by the broker).</source>
        <translation>
            <numerusform>%Ln löst einen Fehler aus (gilt beim Broker als kein Treffer).</numerusform>
            <numerusform>%Ln lösen einen Fehler aus (gelten beim Broker als kein Treffer).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindAnswer</name>
    <message numerus="yes">
        <source>%Ln hidden</source>
        <translation>
            <numerusform>%Ln ausgeblendet</numerusform>
            <numerusform>%Ln ausgeblendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not evaluated (too slow)</source>
        <translation>
            <numerusform>%Ln nicht ausgewertet (zu langsam)</numerusform>
            <numerusform>%Ln nicht ausgewertet (zu langsam)</numerusform>
        </translation>
    </message>
    <message>
        <source>searching %1 %</source>
        <translation>Suche: %1&#xa0;%</translation>
    </message>
    <message>
        <source>search wrapped</source>
        <translation>Suche vom Anfang fortgesetzt</translation>
    </message>
    <message>
        <source>only in hidden events</source>
        <translation>nur in ausgeblendeten Ereignissen</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln Treffer</numerusform>
            <numerusform>%Ln Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Fin&amp;d</source>
        <translation>Su&amp;chen</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß-/Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>Search text</source>
        <translation>Suchtext</translation>
    </message>
    <message>
        <source>Search mode</source>
        <translation>Suchmodus</translation>
    </message>
    <message>
        <source>Search result</source>
        <translation>Suchergebnis</translation>
    </message>
    <message>
        <source>Close the find bar</source>
        <translation>Suchleiste schließen</translation>
    </message>
    <message>
        <source>Close the find bar (Esc)</source>
        <translation>Suchleiste schließen (Esc)</translation>
    </message>
</context>
<context>
    <name>FollowButton</name>
    <message>
        <source>Go to the newest event</source>
        <translation>Zum neuesten Ereignis springen</translation>
    </message>
    <message>
        <source>Go to the newest event and follow (%1)</source>
        <translation>Zum neuesten Ereignis springen und folgen (%1)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new</source>
        <translation>
            <numerusform>%Ln neues</numerusform>
            <numerusform>%Ln neue</numerusform>
        </translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neuestes</translation>
    </message>
</context>
<context>
    <name>FormAndText</name>
    <message>
        <source>The text is too long to be shown in full. It is sent unchanged.</source>
        <translation>Der Text ist zu lang für die Anzeige und wird hier gekürzt. Gesendet wird er unverändert.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln byte(s) that are not text</source>
        <translation>
            <numerusform>%Ln Byte, kein Text</numerusform>
            <numerusform>%Ln Byte, kein Text</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FormView</name>
    <message>
        <source>This event has no fields.</source>
        <translation>Dieses Ereignis hat keine Felder.</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1/min</source>
        <translation>%1/min</translation>
    </message>
    <message>
        <source>%1/h</source>
        <translation>%1/h</translation>
    </message>
    <message>
        <source>%1/d</source>
        <translation>%1/d</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1&#xa0;min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1&#xa0;h</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1&#xa0;d</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>d. MMM</translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message>
        <source>Found brokers</source>
        <translation>Gefundene Broker</translation>
    </message>
    <message>
        <source>Choose one to fill in host, port and TLS</source>
        <translation>Auswahl übernimmt Host, Port und TLS</translation>
    </message>
    <message>
        <source>Looking for brokers on this computer and in the DNS…</source>
        <translation>Suche nach Brokern auf diesem Rechner und im DNS&#xa0;…</translation>
    </message>
    <message>
        <source>DNS of %1</source>
        <translation>DNS von %1</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>dieser Rechner</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>without TLS</source>
        <translation>ohne TLS</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more host(s)</source>
        <translation>
            <numerusform>%Ln weiterer Host</numerusform>
            <numerusform>%Ln weitere Hosts</numerusform>
        </translation>
    </message>
    <message>
        <source>No broker found on this computer or in the DNS.</source>
        <translation>Kein Broker auf diesem Rechner oder im DNS gefunden.</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>&amp;Restore session on start</source>
        <translation>Sitzung beim Start wiede&amp;rherstellen</translation>
    </message>
    <message>
        <source>Reduce &amp;motion</source>
        <translation>Bewegungen red&amp;uzieren</translation>
    </message>
    <message>
        <source>System language</source>
        <translation>Sprache des Systems</translation>
    </message>
    <message>
        <source>System theme</source>
        <translation>Systemdesign</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>The language changes at the next start.</source>
        <translation>Die Sprache wechselt beim nächsten Start.</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Design</translation>
    </message>
    <message>
        <source>Text &amp;size</source>
        <translation>&amp;Textgröße</translation>
    </message>
    <message>
        <source>%1 larger, %2 smaller, %3 normal</source>
        <translation>%1 größer, %2 kleiner, %3 normal</translation>
    </message>
    <message>
        <source>No moving bars, no blinking cursor; also if the system asks for it</source>
        <translation>Keine bewegten Balken, kein blinkender Cursor; auch wenn das System es vorgibt</translation>
    </message>
    <message>
        <source>Connections, filter, profiles and the event being composed</source>
        <translation>Verbindungen, Filter, Profile und nicht gesendete Entwürfe</translation>
    </message>
</context>
<context>
    <name>HelpActions</name>
    <message>
        <source>Clacks Event Monitor</source>
        <translation>Clacks Event Monitor</translation>
    </message>
    <message>
        <source>Watches, filters and sends the events of a Clacks bus.</source>
        <translation>Beobachtet, filtert und sendet die Ereignisse eines Clacks-Busses.</translation>
    </message>
    <message>
        <source>Apache License 2.0, without warranty.</source>
        <translation>Apache-Lizenz 2.0, ohne Gewährleistung.</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>Boards</source>
        <translation>Statusübersichten</translation>
    </message>
    <message>
        <source>Schemas</source>
        <translation>Schemas</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Captures</source>
        <translation>Aufzeichnungen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Sitzungsdaten</translation>
    </message>
</context>
<context>
    <name>HistoryPane</name>
    <message>
        <source>No sent event contains “{0}”.</source>
        <translation>Kein gesendetes Ereignis enthält „{0}“.</translation>
    </message>
    <message>
        <source>No events sent yet. Sent events are listed here with their results.</source>
        <translation>Noch keine Ereignisse gesendet. Gesendete Ereignisse erscheinen hier mit ihrem Ergebnis.</translation>
    </message>
    <message>
        <source>(not an event)</source>
        <translation>(kein Ereignis)</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>received after {0} ms</source>
        <translation>nach {0}&#xa0;ms empfangen</translation>
    </message>
    <message>
        <source>Clear history</source>
        <translation>Verlauf löschen</translation>
    </message>
    <message>
        <source>Clear the history of sent events? This cannot be undone.</source>
        <translation>Verlauf der gesendeten Ereignisse löschen? Das kann nicht rückgängig gemacht werden.</translation>
    </message>
    <message>
        <source>Search sent events</source>
        <translation>Gesendete Ereignisse durchsuchen</translation>
    </message>
    <message>
        <source>&amp;Compose from copy</source>
        <translation>&amp;Kopie verfassen</translation>
    </message>
    <message>
        <source>Se&amp;nd again</source>
        <translation>E&amp;rneut senden</translation>
    </message>
    <message>
        <source>Olde&amp;r</source>
        <translation>Ä&amp;ltere</translation>
    </message>
    <message>
        <source>C&amp;lear history…</source>
        <translation>Verlauf lö&amp;schen&#xa0;…</translation>
    </message>
    <message>
        <source>Sent events, newest first</source>
        <translation>Gesendete Ereignisse, neueste zuerst</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
</context>
<context>
    <name>ItemFrame</name>
    <message>
        <source>Move {0} up</source>
        <translation>{0} nach oben</translation>
    </message>
    <message>
        <source>Move {0} down</source>
        <translation>{0} nach unten</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>{0} entfernen</translation>
    </message>
    <message>
        <source>Open or close {0}</source>
        <translation>{0} auf- oder zuklappen</translation>
    </message>
    <message>
        <source>Duplicate {0}</source>
        <translation>{0} duplizieren</translation>
    </message>
</context>
<context>
    <name>LimitsDialog</name>
    <message>
        <source>Limits of the capture</source>
        <translation>Begrenzung der Aufzeichnung</translation>
    </message>
    <message>
        <source>When a limit is exceeded, the oldest entries are removed with their marks and comments.</source>
        <translation>Bei Überschreitung werden die ältesten Einträge mit Markierungen und Kommentaren entfernt.</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>&amp;Größe</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>unbegrenzt</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>&amp;Age</source>
        <translation>&amp;Alter</translation>
    </message>
    <message>
        <source> hours</source>
        <translation> Stunden</translation>
    </message>
    <message>
        <source>&amp;Entries</source>
        <translation>&amp;Einträge</translation>
    </message>
    <message>
        <source>Also for captures started &amp;later</source>
        <translation>Auch für &amp;später begonnene Aufzeichnungen</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Production: %1</source>
        <translation>Produktivsystem: %1</translation>
    </message>
    <message>
        <source>%1 (read-only)</source>
        <translation>%1 (schreibgeschützt)</translation>
    </message>
    <message>
        <source>Clacks Event Monitor</source>
        <translation>Clacks Event Monitor</translation>
    </message>
    <message>
        <source>Event types</source>
        <translation>Ereignistypen</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
</context>
<context>
    <name>ManualWindow</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Contents</source>
        <translation>&amp;Inhalt</translation>
    </message>
    <message>
        <source>Search the manual</source>
        <translation>Im Handbuch suchen</translation>
    </message>
    <message>
        <source>Page of the manual</source>
        <translation>Seite des Handbuchs</translation>
    </message>
    <message>
        <source>%1 – Manual</source>
        <translation>%1 – Handbuch</translation>
    </message>
    <message numerus="yes">
        <source>Found on %Ln page(s)</source>
        <translation>
            <numerusform>Auf %Ln Seite gefunden</numerusform>
            <numerusform>Auf %Ln Seiten gefunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MarkActions</name>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Comment on this event:</source>
        <translation>Kommentar zu diesem Ereignis:</translation>
    </message>
    <message>
        <source>No shown event is marked</source>
        <translation>Kein angezeigtes Ereignis ist markiert</translation>
    </message>
    <message>
        <source>Search wrapped to the start</source>
        <translation>Suche vom Anfang fortgesetzt</translation>
    </message>
    <message>
        <source>Search wrapped to the end</source>
        <translation>Suche vom Ende fortgesetzt</translation>
    </message>
    <message>
        <source>Only events can be compared</source>
        <translation>Nur Ereignisse können verglichen werden</translation>
    </message>
</context>
<context>
    <name>MatchResultsTab</name>
    <message>
        <source>Filter or profile</source>
        <translation>Filter oder Profil</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Result of each filter for the event</source>
        <translation>Ergebnis jedes Filters für das Ereignis</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln weiterer</numerusform>
            <numerusform>%Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>No filter or profile to evaluate.</source>
        <translation>Kein Filter und kein Profil vorhanden.</translation>
    </message>
    <message>
        <source>The event is too large to be evaluated here.</source>
        <translation>Das Ereignis ist zu groß, um hier ausgewertet zu werden.</translation>
    </message>
    <message>
        <source>Filter bar</source>
        <translation>Filterzeile</translation>
    </message>
    <message>
        <source>A Qpid broker would reject this query: %1</source>
        <translation>Ein Qpid-Broker würde diese Abfrage ablehnen: %1</translation>
    </message>
    <message>
        <source>match</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>kein Treffer</translation>
    </message>
    <message>
        <source>line %1, column %2</source>
        <translation>Zeile %1, Spalte %2</translation>
    </message>
    <message>
        <source>The broker treats this error as no match, without a message.</source>
        <translation>Der Broker wertet diesen Fehler ohne Meldung als „kein Treffer“.</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>Captures to merge</source>
        <translation>Zusammenzuführende Aufzeichnungen</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>Zusammenführen&#xa0;…</translation>
    </message>
    <message>
        <source>Add captures</source>
        <translation>Aufzeichnungen hinzufügen</translation>
    </message>
    <message>
        <source>Add at least two captures.</source>
        <translation>Fügen Sie mindestens zwei Aufzeichnungen hinzu.</translation>
    </message>
    <message>
        <source>Merge captures</source>
        <translation>Aufzeichnungen zusammenführen</translation>
    </message>
    <message>
        <source>The entries of these captures are written to a new one in the order of their arrival. The captures themselves are not changed.</source>
        <translation>Die Einträge dieser Aufzeichnungen werden in der Reihenfolge ihrer Ankunft in eine neue geschrieben. Die Aufzeichnungen selbst werden nicht geändert.</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Hinzufügen&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
</context>
<context>
    <name>Message</name>
    <message>
        <source>{0}, or {1}</source>
        <translation>{0} oder {1}</translation>
    </message>
    <message>
        <source>Any elements of {0}, as XML text.</source>
        <translation>Beliebige Elemente aus {0}, als XML-Text.</translation>
    </message>
    <message>
        <source>any namespace</source>
        <translation>jedem Namensraum</translation>
    </message>
    <message>
        <source>other namespaces than this schema&apos;s</source>
        <translation>anderen Namensräumen als dem dieses Schemas</translation>
    </message>
    <message>
        <source>no namespace</source>
        <translation>keinem Namensraum</translation>
    </message>
    <message>
        <source>this schema&apos;s namespace</source>
        <translation>dem Namensraum dieses Schemas</translation>
    </message>
    <message>
        <source>any element</source>
        <translation>beliebiges Element</translation>
    </message>
    <message>
        <source>{0} or {1}</source>
        <translation>{0} oder {1}</translation>
    </message>
    <message>
        <source>{0} in {1}</source>
        <translation>{0} in {1}</translation>
    </message>
    <message>
        <source>{0} without a namespace</source>
        <translation>{0} ohne Namensraum</translation>
    </message>
    <message>
        <source>the root element is {0}, expected Event in {1}</source>
        <translation>das Wurzelelement ist {0}, erwartet wird Event in {1}</translation>
    </message>
    <message>
        <source>an event must contain exactly one element, found {0}</source>
        <translation>ein Ereignis muss genau ein Element enthalten, gefunden: {0}</translation>
    </message>
    <message>
        <source>cannot be checked: {0}</source>
        <translation>kann nicht geprüft werden: {0}</translation>
    </message>
    <message>
        <source>no schema defines the event type {0}</source>
        <translation>kein Schema definiert den Ereignistyp {0}</translation>
    </message>
    <message>
        <source>{0} belongs to {1}, not to {2}</source>
        <translation>{0} gehört zu {1}, nicht zu {2}</translation>
    </message>
    <message>
        <source>does not define the element {0} given by its file name</source>
        <translation>definiert das Element {0} nicht, das der Dateiname angibt</translation>
    </message>
    <message>
        <source>found {0}, expected {1}</source>
        <translation>{0} gefunden, {1} erwartet</translation>
    </message>
    <message>
        <source>a whole number {0}</source>
        <translation>eine ganze Zahl {0}</translation>
    </message>
    <message>
        <source>expected: {0}</source>
        <translation>erwartet: {0}</translation>
    </message>
    <message>
        <source>must have exactly {0} {1}, has {2}</source>
        <translation>muss genau {0} {1} haben, hat {2}</translation>
    </message>
    <message>
        <source>item</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>items</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>byte</source>
        <translation>Byte</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Byte</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>from {0} to {1}</source>
        <translation>von {0} bis {1}</translation>
    </message>
    <message>
        <source>greater than {0}</source>
        <translation>größer als {0}</translation>
    </message>
    <message>
        <source>at least {0}</source>
        <translation>mindestens {0}</translation>
    </message>
    <message>
        <source>less than {0}</source>
        <translation>kleiner als {0}</translation>
    </message>
    <message>
        <source>at most {0}</source>
        <translation>höchstens {0}</translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation>{0} und {1}</translation>
    </message>
    <message>
        <source>must be {0}</source>
        <translation>muss {0} sein</translation>
    </message>
    <message>
        <source>at most {0} digits are allowed</source>
        <translation>höchstens {0} Ziffern sind erlaubt</translation>
    </message>
    <message>
        <source>at most {0} digits are allowed after the decimal point</source>
        <translation>höchstens {0} Nachkommastellen sind erlaubt</translation>
    </message>
    <message>
        <source>a list: {0}</source>
        <translation>eine Liste: {0}</translation>
    </message>
    <message>
        <source>must have at least {0} {1}, has {2}</source>
        <translation>muss mindestens {0} {1} haben, hat {2}</translation>
    </message>
    <message>
        <source>must have at most {0} {1}, has {2}</source>
        <translation>darf höchstens {0} {1} haben, hat {2}</translation>
    </message>
    <message>
        <source>character</source>
        <translation>Zeichen</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>Zeichen</translation>
    </message>
    <message>
        <source>item {0}, {1}: {2}</source>
        <translation>Eintrag {0}, {1}: {2}</translation>
    </message>
    <message>
        <source>another value</source>
        <translation>ein anderer Wert</translation>
    </message>
    <message>
        <source>choose one of: {0}</source>
        <translation>einen Wert wählen: {0}</translation>
    </message>
    <message>
        <source>at most {0} are allowed, found {1}</source>
        <translation>höchstens {0} erlaubt, {1} vorhanden</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>the schema does not declare this element here</source>
        <translation>Element an dieser Stelle nicht im Schema deklariert</translation>
    </message>
    <message>
        <source>content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>the schema has only abstract types for this</source>
        <translation>das Schema enthält hierfür nur abstrakte Typen</translation>
    </message>
    <message>
        <source>a value must not contain elements</source>
        <translation>ein Wert darf keine Elemente enthalten</translation>
    </message>
    <message>
        <source>the order of the elements violates the schema</source>
        <translation>die Reihenfolge der Elemente verletzt das Schema</translation>
    </message>
    <message>
        <source>text is not allowed here</source>
        <translation>Text ist hier nicht erlaubt</translation>
    </message>
    <message>
        <source>empty; {0}</source>
        <translation>leer; {0}</translation>
    </message>
    <message>
        <source>the root element is not an Event with exactly one child element</source>
        <translation>das Wurzelelement ist kein Event mit genau einem Kindelement</translation>
    </message>
    <message>
        <source>found {0}, the form is for {1}</source>
        <translation>{0} gefunden, das Formular ist für {1}</translation>
    </message>
    <message>
        <source>the schema of {0} is broken: {1}</source>
        <translation>das Schema von {0} ist fehlerhaft: {1}</translation>
    </message>
    <message>
        <source>the root element is not {0}</source>
        <translation>das Wurzelelement ist nicht {0}</translation>
    </message>
    <message>
        <source>the schema of {0} is broken</source>
        <translation>das Schema von {0} ist fehlerhaft</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text between the elements.</source>
        <translation>Text zwischen den Elementen.</translation>
    </message>
    <message>
        <source>other attributes</source>
        <translation>weitere Attribute</translation>
    </message>
    <message>
        <source>Further attributes, as XML text.</source>
        <translation>Weitere Attribute, als XML-Text.</translation>
    </message>
    <message>
        <source>not well-formed: {0}</source>
        <translation>nicht wohlgeformt: {0}</translation>
    </message>
    <message>
        <source>The computer was suspended for {0:.0f} s.</source>
        <translation>Rechner im Ruhezustand (Dauer: {0:.0f}&#xa0;s).</translation>
    </message>
    <message>
        <source>The connection was closed.</source>
        <translation>Die Verbindung wurde geschlossen.</translation>
    </message>
    <message>
        <source>No answer to {0} within {1:g} s.</source>
        <translation>Keine Antwort auf {0} innerhalb von {1:g}&#xa0;s.</translation>
    </message>
    <message>
        <source>connection closed by the broker</source>
        <translation>Verbindung vom Broker geschlossen</translation>
    </message>
    <message>
        <source>No connection to {0}: {1}.</source>
        <translation>Keine Verbindung zu {0}: {1}.</translation>
    </message>
    <message>
        <source>The name {0} could not be resolved within {1:g} s.</source>
        <translation>Der Name {0} konnte innerhalb von {1:g}&#xa0;s nicht aufgelöst werden.</translation>
    </message>
    <message>
        <source>{0} did not answer within {1:g} s.</source>
        <translation>{0} hat innerhalb von {1:g}&#xa0;s nicht geantwortet.</translation>
    </message>
    <message>
        <source>The name {0} cannot be resolved: {1}.</source>
        <translation>Der Name {0} kann nicht aufgelöst werden: {1}.</translation>
    </message>
    <message>
        <source>Connecting to {0} failed: {1}.</source>
        <translation>Verbindung mit {0} fehlgeschlagen: {1}.</translation>
    </message>
    <message>
        <source>The broker does not support XQuery filters (filter missing in its answer).</source>
        <translation>Der Broker unterstützt keine XQuery-Filter (Filter fehlt in der Antwort).</translation>
    </message>
    <message>
        <source>The broker does not support XQuery filters (it confirms unknown filters).</source>
        <translation>Der Broker unterstützt keine XQuery-Filter (er bestätigt unbekannte Filter).</translation>
    </message>
    <message>
        <source>login with the certificate failed: {0}</source>
        <translation>Anmeldung mit dem Zertifikat fehlgeschlagen: {0}</translation>
    </message>
    <message>
        <source>{0} refused the login: {1}.</source>
        <translation>Anmeldung von {0} abgelehnt: {1}.</translation>
    </message>
    <message>
        <source>SASL is not supported</source>
        <translation>SASL wird nicht unterstützt</translation>
    </message>
    <message>
        <source>login by certificate (EXTERNAL) is not offered</source>
        <translation>Anmeldung mit Zertifikat (EXTERNAL) wird nicht angeboten</translation>
    </message>
    <message>
        <source>the client certificate was not accepted</source>
        <translation>das Client-Zertifikat wurde nicht akzeptiert</translation>
    </message>
    <message>
        <source>wrong user name, password or certificate ({0}).</source>
        <translation>Benutzername, Passwort oder Zertifikat falsch ({0}).</translation>
    </message>
    <message>
        <source>end of stream</source>
        <translation>Ende des Datenstroms</translation>
    </message>
    <message>
        <source>no common SASL mechanism. Without TLS, passwords are sent only if clear text is allowed.</source>
        <translation>kein gemeinsames SASL-Verfahren. Ohne TLS werden Passwörter nur gesendet, wenn Klartext erlaubt ist.</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>ohne Angabe von Gründen</translation>
    </message>
    <message>
        <source>{0}: {1}.</source>
        <translation>{0}: {1}.</translation>
    </message>
    <message>
        <source>{0} refused the login: {1}</source>
        <translation>Anmeldung von {0} abgelehnt: {1}</translation>
    </message>
    <message>
        <source>{0}: timed out, no data within the idle timeout.</source>
        <translation>{0}: Zeitüberschreitung, keine Daten innerhalb der Leerlaufzeit.</translation>
    </message>
    <message>
        <source>Connection closed by {0}.</source>
        <translation>Verbindung von {0} geschlossen.</translation>
    </message>
    <message>
        <source>{0} does not support AMQP 1.0 on this port: {1}.</source>
        <translation>{0} unterstützt auf diesem Port kein AMQP 1.0: {1}.</translation>
    </message>
    <message>
        <source>The CA certificates in {0}</source>
        <translation>Die Zertifizierungsstellen in {0}</translation>
    </message>
    <message>
        <source>expired; renew it on the broker</source>
        <translation>abgelaufen; auf dem Broker erneuern</translation>
    </message>
    <message>
        <source>not valid yet; check the clock of this computer</source>
        <translation>noch nicht gültig; Uhr dieses Rechners prüfen</translation>
    </message>
    <message>
        <source>issued by an unknown CA; choose the file of the CA certificate</source>
        <translation>unbekannte Zertifizierungsstelle; Datei der Zertifizierungsstelle wählen</translation>
    </message>
    <message>
        <source>not issued for the host {0}</source>
        <translation>nicht für den Host {0} ausgestellt</translation>
    </message>
    <message>
        <source>Certificate of {0} rejected: {1}.</source>
        <translation>Zertifikat von {0} abgelehnt: {1}.</translation>
    </message>
    <message>
        <source>The client certificate {0} with the key {1}</source>
        <translation>Client-Zertifikat {0} mit dem Schlüssel {1}</translation>
    </message>
    <message>
        <source>TLS connection to {0} failed: {1}.</source>
        <translation>TLS-Verbindung zu {0} fehlgeschlagen: {1}.</translation>
    </message>
    <message>
        <source>in the same file</source>
        <translation>in derselben Datei</translation>
    </message>
    <message>
        <source>{0} cannot be used: {1}.</source>
        <translation>{0} kann nicht verwendet werden: {1}.</translation>
    </message>
    <message>
        <source>{0} (no TLS on this port?)</source>
        <translation>{0} (kein TLS auf diesem Port?)</translation>
    </message>
    <message>
        <source>This connection is read-only.</source>
        <translation>Diese Verbindung erlaubt nur Lesezugriff.</translation>
    </message>
    <message>
        <source>The queue in the broker was full and dropped its oldest events.</source>
        <translation>Die Warteschlange im Broker war voll und hat die ältesten Ereignisse verworfen.</translation>
    </message>
    <message>
        <source>The new filter is not active: {0}</source>
        <translation>Der neue Filter ist nicht aktiv: {0}</translation>
    </message>
    <message>
        <source>{0} was deleted.</source>
        <translation>{0} wurde gelöscht.</translation>
    </message>
    <message>
        <source>{0} refused {1}</source>
        <translation>{0} hat {1} abgelehnt</translation>
    </message>
    <message>
        <source>{0} ended {1}</source>
        <translation>{0} hat {1} beendet</translation>
    </message>
    <message>
        <source>The broker does not support XQuery filters.</source>
        <translation>Der Broker unterstützt keine XQuery-Filter.</translation>
    </message>
    <message>
        <source>{0} with {1}{2}.</source>
        <translation>{0} mit {1}{2}.</translation>
    </message>
    <message>
        <source>; certificate NOT verified</source>
        <translation>; Zertifikat NICHT geprüft</translation>
    </message>
    <message>
        <source>; host name NOT verified</source>
        <translation>; Hostname NICHT geprüft</translation>
    </message>
    <message>
        <source>Logged in: {0} ({1}).</source>
        <translation>Angemeldet: {0} ({1}).</translation>
    </message>
    <message>
        <source>{0} resolves to {1}.</source>
        <translation>{0} wird zu {1} aufgelöst.</translation>
    </message>
    <message>
        <source>Receiving events from {0}.</source>
        <translation>Ereignisse von {0} werden empfangen.</translation>
    </message>
    <message>
        <source>{0}: {1} (check the domain)</source>
        <translation>{0}: {1} (Domäne prüfen)</translation>
    </message>
    <message>
        <source>Connection closed by {0} during the TLS handshake (no TLS on this port?).</source>
        <translation>Verbindung von {0} während des TLS-Handshakes geschlossen (kein TLS an diesem Port?).</translation>
    </message>
    <message>
        <source>issued to {0} by {1}</source>
        <translation>ausgestellt für {0} von {1}</translation>
    </message>
    <message>
        <source>for the hosts {0}</source>
        <translation>für die Hosts {0}</translation>
    </message>
    <message>
        <source>valid until {0}</source>
        <translation>gültig bis {0}</translation>
    </message>
    <message>
        <source>unknown product</source>
        <translation>ohne Produktangabe</translation>
    </message>
    <message>
        <source>Broker: {0}.</source>
        <translation>Broker: {0}.</translation>
    </message>
    <message>
        <source>No answer within {0:g} s.</source>
        <translation>Keine Antwort innerhalb von {0:g}&#xa0;s.</translation>
    </message>
    <message>
        <source>Filter accepted by the broker.</source>
        <translation>Filter vom Broker akzeptiert.</translation>
    </message>
    <message>
        <source>{0} The filter is evaluated locally.</source>
        <translation>{0} Der Filter wird lokal ausgewertet.</translation>
    </message>
    <message>
        <source>{0} failed: {1}</source>
        <translation>{0} fehlgeschlagen: {1}</translation>
    </message>
    <message>
        <source>No answer to {0} from {1} within {2:g} s.</source>
        <translation>Keine Antwort auf {0} von {1} innerhalb von {2:g}&#xa0;s.</translation>
    </message>
    <message>
        <source>A parameter of {0} cannot be sent as JSON: {1}.</source>
        <translation>Ein Parameter von {0} kann nicht als JSON gesendet werden: {1}.</translation>
    </message>
    <message>
        <source>{0} requires a user name and a password.</source>
        <translation>{0} erfordert Benutzername und Passwort.</translation>
    </message>
    <message>
        <source>Rejected by the broker: {0}.</source>
        <translation>Vom Broker abgelehnt: {0}.</translation>
    </message>
    <message>
        <source>Not confirmed by the broker within {0:g} s.</source>
        <translation>Vom Broker nicht innerhalb von {0:g}&#xa0;s bestätigt.</translation>
    </message>
    <message>
        <source>{0} does not support XQuery filters.</source>
        <translation>{0} unterstützt keine XQuery-Filter.</translation>
    </message>
    <message>
        <source>No answer from the broker to the subscription within {0:g} s.</source>
        <translation>Keine Antwort des Brokers auf das Abonnement innerhalb von {0:g}&#xa0;s.</translation>
    </message>
    <message>
        <source>Filter rejected by the broker: {0}</source>
        <translation>Filter vom Broker abgelehnt: {0}</translation>
    </message>
    <message>
        <source>Connection closed by an internal error: {0}.</source>
        <translation>Verbindung durch internen Fehler beendet: {0}.</translation>
    </message>
    <message>
        <source>{0} closed the connection</source>
        <translation>{0} hat die Verbindung geschlossen</translation>
    </message>
    <message>
        <source>{0} ended the session</source>
        <translation>{0} hat die Sitzung beendet</translation>
    </message>
    <message>
        <source>Connection closed by {0}: {1}.</source>
        <translation>Verbindung von {0} geschlossen: {1}.</translation>
    </message>
    <message>
        <source>expected: at least {0} {1}</source>
        <translation>erwartet: mindestens {0} {1}</translation>
    </message>
    <message>
        <source>the encoding {0} cannot be edited here</source>
        <translation>die Kodierung {0} kann hier nicht bearbeitet werden</translation>
    </message>
    <message>
        <source>the encoding {0} is unknown</source>
        <translation>die Kodierung {0} ist unbekannt</translation>
    </message>
    <message>
        <source>an event has no document type declaration</source>
        <translation>ein Ereignis hat keine Dokumenttyp-Deklaration</translation>
    </message>
    <message>
        <source>no element found</source>
        <translation>kein Element vorhanden</translation>
    </message>
    <message>
        <source>this markup is not well-formed</source>
        <translation>dieses Markup ist nicht wohlgeformt</translation>
    </message>
    <message>
        <source>Artemis lets events pass whose body is not an AMQP string; they are evaluated locally.</source>
        <translation>Artemis lässt Ereignisse durch, deren Inhalt kein AMQP-String ist; sie werden hier geprüft.</translation>
    </message>
    <message>
        <source>Artemis evaluates XPath 1.0 only, and this filter has no such form.</source>
        <translation>Artemis wertet nur XPath 1.0 aus, und dieser Filter lässt sich nicht so schreiben.</translation>
    </message>
    <message>
        <source>Artemis does not confirm the selector.</source>
        <translation>Artemis bestätigt den Selektor nicht.</translation>
    </message>
    <message>
        <source>connection closed during login</source>
        <translation>Verbindung während der Anmeldung beendet</translation>
    </message>
    <message>
        <source>{0}; is there a client certificate, and is it accepted?</source>
        <translation>{0}; gibt es ein Client-Zertifikat, und wird es angenommen?</translation>
    </message>
    <message>
        <source>The URL has no host. Example: {0}</source>
        <translation>Die URL enthält keinen Host. Beispiel: {0}</translation>
    </message>
    <message>
        <source>The host or port of the URL is not valid. Example: {0}</source>
        <translation>Host oder Port der URL ist ungültig. Beispiel: {0}</translation>
    </message>
    <message>
        <source>A recorder cannot use {0}: its brokers keep nothing until it is stored.</source>
        <translation>Ein Rekorder kann {0} nicht benutzen: Die Broker bewahren nichts auf, bis es gespeichert ist.</translation>
    </message>
    <message>
        <source>The URL contains a blank or a character that is not ASCII; write it as %XX, in a host as xn--.</source>
        <translation>Die URL enthält ein Leerzeichen oder ein Zeichen, das nicht ASCII ist. Es ist als %XX zu schreiben, in Hostnamen als xn--.</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>a number such as 12 or 3.5</source>
        <translation>eine Zahl wie 12 oder 3.5</translation>
    </message>
    <message>
        <source>a number such as 12, 3.5 or 1.2E3</source>
        <translation>eine Zahl wie 12, 3.5 oder 1.2E3</translation>
    </message>
    <message>
        <source>a date such as 2024-05-31</source>
        <translation>ein Datum wie 2024-05-31</translation>
    </message>
    <message>
        <source>a time such as 14:30:00</source>
        <translation>eine Uhrzeit wie 14:30:00</translation>
    </message>
    <message>
        <source>a date and time such as 2024-05-31T14:30:00Z</source>
        <translation>Datum und Uhrzeit wie 2024-05-31T14:30:00Z</translation>
    </message>
    <message>
        <source>a duration such as PT5M (five minutes) or P1DT2H (a day and two hours)</source>
        <translation>eine Dauer wie PT5M (fünf Minuten) oder P1DT2H (ein Tag und zwei Stunden)</translation>
    </message>
    <message>
        <source>a year such as 2024</source>
        <translation>ein Jahr wie 2024</translation>
    </message>
    <message>
        <source>a year and month such as 2024-05</source>
        <translation>Jahr und Monat wie 2024-05</translation>
    </message>
    <message>
        <source>a month such as --05</source>
        <translation>ein Monat wie --05</translation>
    </message>
    <message>
        <source>a month and day such as --05-31</source>
        <translation>Monat und Tag wie --05-31</translation>
    </message>
    <message>
        <source>a day such as ---31</source>
        <translation>ein Tag wie ---31</translation>
    </message>
    <message>
        <source>pairs of hexadecimal digits such as 00FF10</source>
        <translation>Paare von Hexadezimalziffern wie 00FF10</translation>
    </message>
    <message>
        <source>base64 text such as SGVsbG8=</source>
        <translation>Base64-Text wie SGVsbG8=</translation>
    </message>
    <message>
        <source>a URI such as https://example.org/a</source>
        <translation>ein URI wie https://example.org/a</translation>
    </message>
    <message>
        <source>a name with a declared prefix</source>
        <translation>ein Name mit deklariertem Präfix</translation>
    </message>
    <message>
        <source>the name of a notation</source>
        <translation>der Name einer Notation</translation>
    </message>
    <message>
        <source>a language code such as de or en-GB</source>
        <translation>ein Sprachcode wie de oder en-GB</translation>
    </message>
    <message>
        <source>an XML name: starting with a letter, no spaces</source>
        <translation>ein XML-Name: beginnt mit einem Buchstaben, ohne Leerzeichen</translation>
    </message>
    <message>
        <source>an XML name without a colon: starting with a letter, no spaces</source>
        <translation>ein XML-Name ohne Doppelpunkt: beginnt mit einem Buchstaben, ohne Leerzeichen</translation>
    </message>
    <message>
        <source>one word of letters, digits, dots, hyphens, colons and underscores</source>
        <translation>ein Wort aus Buchstaben, Ziffern, Punkten, Bindestrichen, Doppelpunkten und Unterstrichen</translation>
    </message>
    <message>
        <source>words of letters, digits, dots, hyphens, colons and underscores</source>
        <translation>Wörter aus Buchstaben, Ziffern, Punkten, Bindestrichen, Doppelpunkten und Unterstrichen</translation>
    </message>
    <message>
        <source>an XML name unique among the IDs of the event</source>
        <translation>ein unter den IDs des Ereignisses eindeutiger XML-Name</translation>
    </message>
    <message>
        <source>the ID of another element of the event</source>
        <translation>die ID eines anderen Elements des Ereignisses</translation>
    </message>
    <message>
        <source>IDs of other elements of the event</source>
        <translation>IDs anderer Elemente des Ereignisses</translation>
    </message>
    <message>
        <source>the name of an entity</source>
        <translation>der Name einer Entität</translation>
    </message>
    <message>
        <source>names of entities</source>
        <translation>Namen von Entitäten</translation>
    </message>
    <message>
        <source>a whole number from -128 to 127</source>
        <translation>eine ganze Zahl von -128 bis 127</translation>
    </message>
    <message>
        <source>a whole number from -32,768 to 32,767</source>
        <translation>eine ganze Zahl von -32.768 bis 32.767</translation>
    </message>
    <message>
        <source>a whole number from -2,147,483,648 to 2,147,483,647</source>
        <translation>eine ganze Zahl von -2.147.483.648 bis 2.147.483.647</translation>
    </message>
    <message>
        <source>a whole number from -9,223,372,036,854,775,808 to 9,223,372,036,854,775,807</source>
        <translation>eine ganze Zahl von -9.223.372.036.854.775.808 bis 9.223.372.036.854.775.807</translation>
    </message>
    <message>
        <source>a whole number from 0 to 255</source>
        <translation>eine ganze Zahl von 0 bis 255</translation>
    </message>
    <message>
        <source>a whole number from 0 to 65,535</source>
        <translation>eine ganze Zahl von 0 bis 65.535</translation>
    </message>
    <message>
        <source>a whole number from 0 to 4,294,967,295</source>
        <translation>eine ganze Zahl von 0 bis 4.294.967.295</translation>
    </message>
    <message>
        <source>a whole number from 0 to 18,446,744,073,709,551,615</source>
        <translation>eine ganze Zahl von 0 bis 18.446.744.073.709.551.615</translation>
    </message>
    <message>
        <source>a whole number, 0 or more</source>
        <translation>eine ganze Zahl, 0 oder mehr</translation>
    </message>
    <message>
        <source>a whole number, 1 or more</source>
        <translation>eine ganze Zahl, 1 oder mehr</translation>
    </message>
    <message>
        <source>a whole number, 0 or less</source>
        <translation>eine ganze Zahl, 0 oder weniger</translation>
    </message>
    <message>
        <source>a whole number, -1 or less</source>
        <translation>eine ganze Zahl, -1 oder weniger</translation>
    </message>
    <message>
        <source>{0} is not allowed here ({1})</source>
        <translation>{0} ist hier nicht erlaubt ({1})</translation>
    </message>
    <message>
        <source>{0} must be {1}</source>
        <translation>{0} ist ungültig (erlaubt: {1})</translation>
    </message>
    <message>
        <source>has length {0}, expected exactly {1}</source>
        <translation>hat die Länge {0}, erwartet wird genau {1}</translation>
    </message>
    <message>
        <source>{0} has more than {1} digits after the decimal point</source>
        <translation>{0} hat mehr als {1} Nachkommastellen</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <source>a value of type {0}</source>
        <translation>ein Wert vom Typ {0}</translation>
    </message>
    <message>
        <source>not expected here; expected: {0}</source>
        <translation>hier nicht erwartet; erwartet: {0}</translation>
    </message>
    <message>
        <source>not expected here</source>
        <translation>hier nicht erwartet</translation>
    </message>
    <message>
        <source>{0} is not {1}</source>
        <translation>{0} ist ungültig (erwartet: {1})</translation>
    </message>
    <message>
        <source>has length {0}, at most {1} is allowed</source>
        <translation>hat die Länge {0}, erwartet wird höchstens {1}</translation>
    </message>
    <message>
        <source>has length {0}, expected at least {1}</source>
        <translation>hat die Länge {0}, erwartet wird mindestens {1}</translation>
    </message>
    <message>
        <source>{0} has more than {1} digits</source>
        <translation>{0} hat mehr als {1} Ziffern</translation>
    </message>
    <message>
        <source>{0}, attribute {1}</source>
        <translation>{0}, Attribut {1}</translation>
    </message>
    <message>
        <source>no element has the ID {0}</source>
        <translation>kein Element hat die ID {0}</translation>
    </message>
    <message>
        <source>duplicate ID {0}</source>
        <translation>doppelte ID {0}</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}, {1}</translation>
    </message>
    <message>
        <source>elements are not allowed here</source>
        <translation>Elemente sind hier nicht erlaubt</translation>
    </message>
    <message>
        <source>the schema does not declare this element</source>
        <translation>Element nicht im Schema deklariert</translation>
    </message>
    <message>
        <source>must not be marked as nil</source>
        <translation>darf nicht als nil gekennzeichnet sein</translation>
    </message>
    <message>
        <source>a concrete type must be chosen (xsi:type)</source>
        <translation>ein konkreter Typ muss gewählt werden (xsi:type)</translation>
    </message>
    <message>
        <source>is abstract and cannot be used itself</source>
        <translation>ist abstrakt und kann nicht selbst verwendet werden</translation>
    </message>
    <message>
        <source>{0} is missing</source>
        <translation>{0} fehlt</translation>
    </message>
    <message>
        <source>the attribute {0} is missing</source>
        <translation>das Attribut {0} fehlt</translation>
    </message>
    <message>
        <source>the attribute {0} is not allowed</source>
        <translation>das Attribut {0} ist nicht erlaubt</translation>
    </message>
    <message>
        <source>refers to {0}, which does not exist ({1})</source>
        <translation>verweist auf {0}, das nicht vorhanden ist ({1})</translation>
    </message>
    <message>
        <source>duplicate {0} ({1})</source>
        <translation>doppelt: {0} ({1})</translation>
    </message>
    <message>
        <source>part of the key is missing ({0})</source>
        <translation>ein Teil des Schlüssels fehlt ({0})</translation>
    </message>
    <message>
        <source>{0} is not allowed here</source>
        <translation>{0} ist hier nicht erlaubt</translation>
    </message>
    <message>
        <source>an element</source>
        <translation>ein Element</translation>
    </message>
    <message>
        <source>a space</source>
        <translation>ein Leerzeichen</translation>
    </message>
    <message>
        <source>a plus sign</source>
        <translation>ein Pluszeichen</translation>
    </message>
    <message>
        <source>a hyphen</source>
        <translation>ein Bindestrich</translation>
    </message>
    <message>
        <source>a dot</source>
        <translation>ein Punkt</translation>
    </message>
    <message>
        <source>a comma</source>
        <translation>ein Komma</translation>
    </message>
    <message>
        <source>a colon</source>
        <translation>ein Doppelpunkt</translation>
    </message>
    <message>
        <source>a semicolon</source>
        <translation>ein Semikolon</translation>
    </message>
    <message>
        <source>a slash</source>
        <translation>ein Schrägstrich</translation>
    </message>
    <message>
        <source>a backslash</source>
        <translation>ein umgekehrter Schrägstrich</translation>
    </message>
    <message>
        <source>an at sign</source>
        <translation>ein At-Zeichen</translation>
    </message>
    <message>
        <source>a hash sign</source>
        <translation>ein Rautezeichen</translation>
    </message>
    <message>
        <source>an underscore</source>
        <translation>ein Unterstrich</translation>
    </message>
    <message>
        <source>an opening bracket</source>
        <translation>eine öffnende Klammer</translation>
    </message>
    <message>
        <source>a closing bracket</source>
        <translation>eine schließende Klammer</translation>
    </message>
    <message>
        <source>an asterisk</source>
        <translation>ein Stern</translation>
    </message>
    <message>
        <source>a per cent sign</source>
        <translation>ein Prozentzeichen</translation>
    </message>
    <message>
        <source>an ampersand</source>
        <translation>ein Und-Zeichen</translation>
    </message>
    <message>
        <source>an equals sign</source>
        <translation>ein Gleichheitszeichen</translation>
    </message>
    <message>
        <source>a line end</source>
        <translation>ein Zeilenende</translation>
    </message>
    <message>
        <source>a tab</source>
        <translation>ein Tabulator</translation>
    </message>
    <message>
        <source>a carriage return</source>
        <translation>ein Wagenrücklauf</translation>
    </message>
    <message>
        <source>a digit</source>
        <translation>eine Ziffer</translation>
    </message>
    <message>
        <source>digits</source>
        <translation>Ziffern</translation>
    </message>
    <message>
        <source>spaces</source>
        <translation>Leerzeichen</translation>
    </message>
    <message>
        <source>a letter or digit</source>
        <translation>ein Buchstabe oder eine Ziffer</translation>
    </message>
    <message>
        <source>letters or digits</source>
        <translation>Buchstaben oder Ziffern</translation>
    </message>
    <message>
        <source>a punctuation mark or space</source>
        <translation>ein Satz- oder Leerzeichen</translation>
    </message>
    <message>
        <source>punctuation marks or spaces</source>
        <translation>Satz- oder Leerzeichen</translation>
    </message>
    <message>
        <source>a letter, underscore or colon</source>
        <translation>ein Buchstabe, Unterstrich oder Doppelpunkt</translation>
    </message>
    <message>
        <source>letters, underscores or colons</source>
        <translation>Buchstaben, Unterstriche oder Doppelpunkte</translation>
    </message>
    <message>
        <source>a name character</source>
        <translation>ein Namenszeichen</translation>
    </message>
    <message>
        <source>name characters</source>
        <translation>Namenszeichen</translation>
    </message>
    <message>
        <source>characters not allowed in names</source>
        <translation>in Namen nicht erlaubte Zeichen</translation>
    </message>
    <message>
        <source>a letter</source>
        <translation>ein Buchstabe</translation>
    </message>
    <message>
        <source>letters</source>
        <translation>Buchstaben</translation>
    </message>
    <message>
        <source>a capital letter</source>
        <translation>ein Großbuchstabe</translation>
    </message>
    <message>
        <source>capital letters</source>
        <translation>Großbuchstaben</translation>
    </message>
    <message>
        <source>a small letter</source>
        <translation>ein Kleinbuchstabe</translation>
    </message>
    <message>
        <source>small letters</source>
        <translation>Kleinbuchstaben</translation>
    </message>
    <message>
        <source>a number sign</source>
        <translation>ein Zahlzeichen</translation>
    </message>
    <message>
        <source>number signs</source>
        <translation>Zahlzeichen</translation>
    </message>
    <message>
        <source>a punctuation mark</source>
        <translation>ein Satzzeichen</translation>
    </message>
    <message>
        <source>punctuation marks</source>
        <translation>Satzzeichen</translation>
    </message>
    <message>
        <source>a separator</source>
        <translation>ein Trennzeichen</translation>
    </message>
    <message>
        <source>separators</source>
        <translation>Trennzeichen</translation>
    </message>
    <message>
        <source>a symbol</source>
        <translation>ein Symbol</translation>
    </message>
    <message>
        <source>symbols</source>
        <translation>Symbole</translation>
    </message>
    <message>
        <source>a currency sign</source>
        <translation>ein Währungszeichen</translation>
    </message>
    <message>
        <source>currency signs</source>
        <translation>Währungszeichen</translation>
    </message>
    <message>
        <source>a basic Latin character</source>
        <translation>ein einfaches lateinisches Zeichen</translation>
    </message>
    <message>
        <source>basic Latin characters</source>
        <translation>einfache lateinische Zeichen</translation>
    </message>
    <message>
        <source>a capital letter or digit</source>
        <translation>ein Großbuchstabe oder eine Ziffer</translation>
    </message>
    <message>
        <source>capital letters or digits</source>
        <translation>Großbuchstaben oder Ziffern</translation>
    </message>
    <message>
        <source>a small letter or digit</source>
        <translation>ein Kleinbuchstabe oder eine Ziffer</translation>
    </message>
    <message>
        <source>small letters or digits</source>
        <translation>Kleinbuchstaben oder Ziffern</translation>
    </message>
    <message>
        <source>a hexadecimal digit</source>
        <translation>eine Hexadezimalziffer</translation>
    </message>
    <message>
        <source>hexadecimal digits</source>
        <translation>Hexadezimalziffern</translation>
    </message>
    <message>
        <source>a hexadecimal digit (capital)</source>
        <translation>eine Hexadezimalziffer (groß)</translation>
    </message>
    <message>
        <source>hexadecimal digits (capital)</source>
        <translation>Hexadezimalziffern (groß)</translation>
    </message>
    <message>
        <source>a hexadecimal digit (small)</source>
        <translation>eine Hexadezimalziffer (klein)</translation>
    </message>
    <message>
        <source>hexadecimal digits (small)</source>
        <translation>Hexadezimalziffern (klein)</translation>
    </message>
    <message>
        <source>times {0}</source>
        <translation>mal {0}</translation>
    </message>
    <message>
        <source>the pattern {0}</source>
        <translation>das Muster {0}</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>({0})</source>
        <translation>({0})</translation>
    </message>
    <message>
        <source>perhaps {0}</source>
        <translation>vielleicht {0}</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <source>{0} to {1} {2}</source>
        <translation>{0} bis {1} {2}</translation>
    </message>
    <message>
        <source>of {0}</source>
        <translation>aus {0}</translation>
    </message>
    <message>
        <source>any number of {0}</source>
        <translation>beliebig viele {0}</translation>
    </message>
    <message>
        <source>{0} or more {1}</source>
        <translation>{0} oder mehr {1}</translation>
    </message>
    <message>
        <source>any character</source>
        <translation>ein beliebiges Zeichen</translation>
    </message>
    <message>
        <source>a character other than {0}</source>
        <translation>ein anderes Zeichen als {0}</translation>
    </message>
    <message>
        <source>characters other than {0}</source>
        <translation>andere Zeichen als {0}</translation>
    </message>
    <message>
        <source>too many tags and attributes for a form: {0:,}</source>
        <translation>zu viele Tags und Attribute für ein Formular: {0:,}</translation>
    </message>
    <message>
        <source>too large for a form: {0:,} bytes</source>
        <translation>zu groß für ein Formular: {0:,} Byte</translation>
    </message>
    <message>
        <source>Enter at least one host.</source>
        <translation>Geben Sie mindestens einen Host ein.</translation>
    </message>
    <message>
        <source>Line {0}: the host is missing or not valid.</source>
        <translation>Zeile {0}: Host fehlt oder ist ungültig.</translation>
    </message>
    <message>
        <source>Line {0}: {1} is not a valid port.</source>
        <translation>Zeile {0}: {1} ist kein gültiger Port.</translation>
    </message>
    <message>
        <source>Line {0}: the port is missing.</source>
        <translation>Zeile {0}: Der Port fehlt.</translation>
    </message>
    <message>
        <source>The file of the capture was deleted, moved or replaced. Save the capture under a name to keep it.</source>
        <translation>Die Datei der Aufzeichnung wurde gelöscht, verschoben oder ersetzt. Speichern Sie die Aufzeichnung unter einem Namen, um sie zu behalten.</translation>
    </message>
    <message>
        <source>Changes could not be saved. Saving is retried with the next change.</source>
        <translation>Änderungen konnten nicht gespeichert werden. Das Speichern wird mit der nächsten Änderung erneut versucht.</translation>
    </message>
    <message>
        <source>The first page of the file was damaged and has been rebuilt.</source>
        <translation>Die erste Seite der Datei war beschädigt und wurde neu aufgebaut.</translation>
    </message>
    <message>
        <source>This entry is damaged: {0}.</source>
        <translation>Dieser Eintrag ist beschädigt: {0}.</translation>
    </message>
    <message>
        <source>The file was read page by page. Marks, comments and snapshots were recovered from undamaged pages.</source>
        <translation>Die Datei wurde seitenweise gelesen. Markierungen, Kommentare und Momentaufnahmen wurden aus unbeschädigten Seiten wiederhergestellt.</translation>
    </message>
    <message>
        <source>The end of the file is lost. The number of lost entries is unknown.</source>
        <translation>Das Ende der Datei ist verloren. Die Zahl der verlorenen Einträge ist unbekannt.</translation>
    </message>
    <message>
        <source>Only the summary was recovered. Events: {0:,}.</source>
        <translation>Nur die Zusammenfassung wurde wiederhergestellt. Ereignisse: {0:,}.</translation>
    </message>
    <message>
        <source>Only the text was recovered, times may be estimated. Events: {0:,}.</source>
        <translation>Nur der Text wurde wiederhergestellt, Zeiten sind möglicherweise geschätzt. Ereignisse: {0:,}.</translation>
    </message>
    <message>
        <source>The end of the file is lost. The number of entries after number {0:,} is unknown.</source>
        <translation>Das Ende der Datei ist verloren. Die Zahl der Einträge nach Nummer {0:,} ist unbekannt.</translation>
    </message>
    <message>
        <source>The connections and subjects of some events could not be read.</source>
        <translation>Verbindung und Subject mancher Ereignisse waren nicht lesbar.</translation>
    </message>
    <message>
        <source>Gaps could not be read and are counted as lost entries.</source>
        <translation>Lücken waren nicht lesbar und zählen als verlorene Einträge.</translation>
    </message>
    <message>
        <source>Marks and comments could not be read.</source>
        <translation>Markierungen und Kommentare waren nicht lesbar.</translation>
    </message>
    <message>
        <source>Not all snapshots of connections, schemas and profiles could be read.</source>
        <translation>Nicht alle Momentaufnahmen von Verbindungen, Schemas und Profilen waren lesbar.</translation>
    </message>
    <message>
        <source>Profiles not used: {0}</source>
        <translation>Nicht verwendete Profile: {0}</translation>
    </message>
    <message>
        <source>General evaluation: {0} (line {1}, column {2}).</source>
        <translation>Allgemeine Auswertung: {0} (Zeile {1}, Spalte {2}).</translation>
    </message>
    <message>
        <source>Fast path, as XPath 1.0: {0}</source>
        <translation>Schnelle Auswertung als XPath 1.0: {0}</translation>
    </message>
    <message>
        <source>one of {0}</source>
        <translation>eines von {0}</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} bis {1}</translation>
    </message>
    <message>
        <source>{0}, then {1}</source>
        <translation>{0}, dann {1}</translation>
    </message>
    <message>
        <source>unknown placeholder; available: {0}</source>
        <translation>unbekannter Platzhalter; verfügbar: {0}</translation>
    </message>
    <message>
        <source>{0} is greater than {1}</source>
        <translation>{0} ist größer als {1}</translation>
    </message>
    <message>
        <source>no CSV file chosen</source>
        <translation>keine CSV-Datei gewählt</translation>
    </message>
    <message>
        <source>the CSV file has no column {0}; available: {1}</source>
        <translation>die CSV-Datei hat keine Spalte {0}; verfügbar: {1}</translation>
    </message>
    <message>
        <source>{0}; and {1}</source>
        <translation>{0}; und {1}</translation>
    </message>
    <message>
        <source>no schema folder has {0}, or another schema of {1}</source>
        <translation>kein Schemaordner hat {0} oder ein anderes Schema von {1}</translation>
    </message>
    <message>
        <source>more than {0} schema documents</source>
        <translation>mehr als {0} Schemadokumente</translation>
    </message>
    <message>
        <source>{0} is outside the schema folders</source>
        <translation>{0} liegt außerhalb der Schemaordner</translation>
    </message>
    <message>
        <source>cannot read {0}: {1}</source>
        <translation>{0} kann nicht gelesen werden: {1}</translation>
    </message>
    <message>
        <source>override belongs to XML Schema 1.1</source>
        <translation>override gehört zu XML Schema 1.1</translation>
    </message>
    <message>
        <source>the location of the schema to include is missing</source>
        <translation>Ort des einzubindenden Schemas fehlt</translation>
    </message>
    <message>
        <source>{0} not found in the schema folders</source>
        <translation>{0} nicht in den Schemaordnern gefunden</translation>
    </message>
    <message>
        <source>reported only by the agent&apos;s validator (libxml2)</source>
        <translation>nur vom Validator des Agenten (libxml2) gemeldet</translation>
    </message>
    <message>
        <source>accepted by the agent&apos;s validator (libxml2), not allowed by XML Schema</source>
        <translation>vom Validator des Agenten (libxml2) akzeptiert, nach XML Schema nicht erlaubt</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <source>{0} in an all group</source>
        <translation>{0} in einer all-Gruppe</translation>
    </message>
    <message>
        <source>maxOccurs above 1 in an all group</source>
        <translation>maxOccurs über 1 in einer all-Gruppe</translation>
    </message>
    <message>
        <source>{0} belongs to XML Schema 1.1; the agent&apos;s validator (libxml2) supports 1.0 only</source>
        <translation>{0} gehört zu XML Schema 1.1; der Validator des Agenten (libxml2) unterstützt nur 1.0</translation>
    </message>
    <message>
        <source>targetNamespace of a local {0}</source>
        <translation>targetNamespace an einem lokalen {0}</translation>
    </message>
    <message>
        <source>{0} has limits that were not set on this computer. They are ignored and nothing is deleted.</source>
        <translation>{0} hat Grenzen, die nicht auf diesem Rechner gesetzt wurden. Sie werden ignoriert, es wird nichts gelöscht.</translation>
    </message>
    <message>
        <source>File &gt; Limits of the capture sets limits for this computer.</source>
        <translation>„Datei“ &gt; „Begrenzung der Aufzeichnung“ setzt Grenzen für diesen Rechner.</translation>
    </message>
    <message>
        <source>{0} cannot be opened.</source>
        <translation>{0} kann nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>Not started: too many alert commands still running ({0}).</source>
        <translation>Nicht gestartet: Es laufen noch zu viele Alarmbefehle ({0}).</translation>
    </message>
    <message>
        <source>Exit status {0}. {1}</source>
        <translation>Exit-Status {0}. {1}</translation>
    </message>
    <message>
        <source>Cannot be started: {0}.</source>
        <translation>Kann nicht gestartet werden: {0}.</translation>
    </message>
    <message>
        <source>Terminated after {0} s.</source>
        <translation>Nach {0}&#xa0;s abgebrochen.</translation>
    </message>
    <message>
        <source>No output.</source>
        <translation>Keine Ausgabe.</translation>
    </message>
    <message>
        <source>The alert command of the profile {0} failed.</source>
        <translation>Der Alarmbefehl des Profils {0} ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>The broker would reject the filter: {0}.</source>
        <translation>Der Broker würde den Filter ablehnen: {0}.</translation>
    </message>
    <message>
        <source>A board could not be read.</source>
        <translation>Eine Statusübersicht konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>At least one event has to be sent.</source>
        <translation>Mindestens ein Ereignis muss gesendet werden.</translation>
    </message>
    <message>
        <source>The interval must not be negative.</source>
        <translation>Der Abstand darf nicht negativ sein.</translation>
    </message>
    <message>
        <source>The rate must not be negative.</source>
        <translation>Die Rate darf nicht negativ sein.</translation>
    </message>
    <message>
        <source>The scenario has no events yet.</source>
        <translation>Das Szenario hat noch keine Ereignisse.</translation>
    </message>
    <message>
        <source>The scenario must run at least once.</source>
        <translation>Das Szenario muss mindestens einmal laufen.</translation>
    </message>
    <message>
        <source>A delay must be a number of seconds of 0 or more.</source>
        <translation>Eine Verzögerung muss eine Zahl von Sekunden ab 0 sein.</translation>
    </message>
    <message>
        <source>The file is larger than {0} MB.</source>
        <translation>Die Datei ist größer als {0}&#xa0;MB.</translation>
    </message>
    <message>
        <source>The file has no rows. The first line must name the columns, each further line is an event.</source>
        <translation>Die Datei enthält keine Datenzeilen. Die erste Zeile muss die Spalten benennen, jede weitere ergibt ein Ereignis.</translation>
    </message>
    <message>
        <source>The file is not UTF-8 text (byte {0}).</source>
        <translation>Die Datei ist kein UTF-8-Text (Byte {0}).</translation>
    </message>
    <message>
        <source>Line {0} of the file cannot be read: {1}.</source>
        <translation>Zeile {0} der Datei kann nicht gelesen werden: {1}.</translation>
    </message>
    <message>
        <source>No such connection.</source>
        <translation>Verbindung nicht gefunden.</translation>
    </message>
    <message>
        <source>The password of {0} is kept until the program ends: no system keyring available.</source>
        <translation>Das Passwort von {0} wird nur bis zum Programmende behalten: kein Schlüsselbund des Systems verfügbar.</translation>
    </message>
    <message>
        <source>The broker filter is not valid: {0}</source>
        <translation>Der Brokerfilter ist ungültig: {0}</translation>
    </message>
    <message>
        <source>The capture is damaged.</source>
        <translation>Die Aufzeichnung ist beschädigt.</translation>
    </message>
    <message>
        <source>The capture cannot be read.</source>
        <translation>Die Aufzeichnung kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Disk full. New events are held in memory until there is room on the disk.</source>
        <translation>Datenträger voll. Neue Ereignisse werden im Arbeitsspeicher gehalten, bis auf dem Datenträger wieder Platz ist.</translation>
    </message>
    <message>
        <source>Disk and memory buffer are full. Events are being lost. Free up disk space.</source>
        <translation>Datenträger und Puffer im Arbeitsspeicher sind voll. Ereignisse gehen verloren. Schaffen Sie Platz auf dem Datenträger.</translation>
    </message>
    <message>
        <source>Events can no longer be stored. Recover the data or start a new capture.</source>
        <translation>Ereignisse können nicht mehr gespeichert werden. Stellen Sie die Daten wieder her oder beginnen Sie eine neue Aufzeichnung.</translation>
    </message>
    <message>
        <source>Disk space available again. All waiting events were stored.</source>
        <translation>Auf dem Datenträger ist wieder Platz. Alle wartenden Ereignisse wurden gespeichert.</translation>
    </message>
    <message>
        <source>Lost events: {0:,}. The gap in the table shows when.</source>
        <translation>Verlorene Ereignisse: {0:,}. Die Lücke in der Tabelle zeigt den Zeitraum.</translation>
    </message>
    <message>
        <source>No events were lost.</source>
        <translation>Kein Ereignis ging verloren.</translation>
    </message>
    <message>
        <source>Not a valid regular expression: {0} (character {1}).</source>
        <translation>Kein gültiger regulärer Ausdruck: {0} (Zeichen {1}).</translation>
    </message>
    <message>
        <source>The search ended unexpectedly.</source>
        <translation>Die Suche wurde unerwartet beendet.</translation>
    </message>
    <message>
        <source>Choose a connection for sending.</source>
        <translation>Wählen Sie eine Verbindung zum Senden.</translation>
    </message>
    <message>
        <source>{0} is read-only. Choose another connection or edit this one.</source>
        <translation>{0} erlaubt nur Lesezugriff. Wählen Sie eine andere Verbindung oder bearbeiten Sie diese.</translation>
    </message>
    <message>
        <source>{0} is not connected. Connect it first or choose another connection.</source>
        <translation>{0} ist nicht verbunden. Stellen Sie die Verbindung her oder wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>Published by the agent.</source>
        <translation>Vom Agenten veröffentlicht.</translation>
    </message>
    <message>
        <source>Not connected.</source>
        <translation>Nicht verbunden.</translation>
    </message>
    <message>
        <source>Accepted by the broker, not received here.</source>
        <translation>Vom Broker angenommen, hier nicht empfangen.</translation>
    </message>
    <message>
        <source>A profile could not be read.</source>
        <translation>Ein Profil konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The settings could not be read.</source>
        <translation>Die Einstellungen konnten nicht gelesen werden.</translation>
    </message>
    <message>
        <source>A Qpid broker would reject it: {0} (line {1}). {2}</source>
        <translation>Ein Qpid-Broker würde das ablehnen: {0} (Zeile {1}). {2}</translation>
    </message>
    <message>
        <source>No deleted template to restore.</source>
        <translation>Keine gelöschte Vorlage zum Wiederherstellen vorhanden.</translation>
    </message>
    <message>
        <source>Folders can be nested at most {0} levels deep.</source>
        <translation>Ordner können höchstens {0} Ebenen tief verschachtelt sein.</translation>
    </message>
    <message>
        <source>{0} is not UTF-8 text (byte {1}).</source>
        <translation>{0} ist kein UTF-8-Text (Byte {1}).</translation>
    </message>
    <message>
        <source>templates exceed {0:,} characters in total</source>
        <translation>Vorlagen sind zusammen länger als {0:,} Zeichen</translation>
    </message>
    <message>
        <source>Template “{0}” not found.</source>
        <translation>Vorlage „{0}“ nicht gefunden.</translation>
    </message>
    <message>
        <source>“{0}” is not a valid folder name.</source>
        <translation>„{0}“ ist kein gültiger Ordnername.</translation>
    </message>
    <message>
        <source>(too long to be shown)</source>
        <translation>(zu lang für die Anzeige)</translation>
    </message>
    <message>
        <source>The connection could not be removed.</source>
        <translation>Die Verbindung konnte nicht entfernt werden.</translation>
    </message>
    <message>
        <source>The connections could not be read.</source>
        <translation>Die Verbindungen konnten nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The history of sent events cannot be used.</source>
        <translation>Der Verlauf der gesendeten Ereignisse kann nicht verwendet werden.</translation>
    </message>
    <message>
        <source>{0} is accessible to other users: {1}.</source>
        <translation>{0} ist für andere Benutzer zugänglich: {1}.</translation>
    </message>
    <message>
        <source>Changes of settings, connections and profiles cannot be saved: {0}</source>
        <translation>Änderungen an Einstellungen, Verbindungen und Profilen können nicht gespeichert werden: {0}</translation>
    </message>
    <message>
        <source>Templates cannot be saved, and the history of sent events is kept until the program ends: {0}</source>
        <translation>Vorlagen können nicht gespeichert werden, der Verlauf gesendeter Ereignisse bleibt nur bis zum Programmende erhalten: {0}</translation>
    </message>
    <message>
        <source>Received events are kept in {0} until the program ends. Layout and commands cannot be saved: {1}</source>
        <translation>Empfangene Ereignisse bleiben in {0} nur bis zum Programmende erhalten. Fensteranordnung und erlaubte Befehle können nicht gespeichert werden: {1}</translation>
    </message>
    <message>
        <source>The alert command of the profile {0} was not run. See Edit profile, Alert.</source>
        <translation>Der Alarmbefehl des Profils {0} wurde nicht ausgeführt. Siehe „Profil bearbeiten“, „Alarm“.</translation>
    </message>
    <message>
        <source>The command was not allowed: its files changed during the review.</source>
        <translation>Der Befehl wurde nicht erlaubt: Seine Dateien haben sich während der Prüfung geändert.</translation>
    </message>
    <message>
        <source>The command has {0:,} characters, the limit is {1:,}. Put it into a script.</source>
        <translation>Der Befehl hat {0:,} Zeichen, erlaubt sind {1:,}. Legen Sie ihn in einem Skript ab.</translation>
    </message>
    <message>
        <source>No command given.</source>
        <translation>Kein Befehl angegeben.</translation>
    </message>
    <message>
        <source>Cannot be reviewed: {0}</source>
        <translation>Kann nicht geprüft werden: {0}</translation>
    </message>
    <message>
        <source>Program {0} not found.</source>
        <translation>Programm {0} nicht gefunden.</translation>
    </message>
    <message>
        <source>Not allowed on this computer yet.</source>
        <translation>Auf diesem Rechner noch nicht erlaubt.</translation>
    </message>
    <message>
        <source>Allowed by another user or on another computer only.</source>
        <translation>Nur von einem anderen Benutzer oder auf einem anderen Rechner erlaubt.</translation>
    </message>
    <message>
        <source>A different command was allowed.</source>
        <translation>Ein anderer Befehl wurde erlaubt.</translation>
    </message>
    <message>
        <source>The program has changed to {0}; {1} was allowed.</source>
        <translation>Das Programm ist jetzt {0}, erlaubt wurde {1}.</translation>
    </message>
    <message>
        <source>{0} no longer exists.</source>
        <translation>{0} ist nicht mehr vorhanden.</translation>
    </message>
    <message>
        <source>{0} did not exist when the command was allowed.</source>
        <translation>{0} war beim Erlauben des Befehls nicht vorhanden.</translation>
    </message>
    <message>
        <source>{0} has changed since the command was allowed.</source>
        <translation>{0} hat sich seit dem Erlauben des Befehls geändert.</translation>
    </message>
    <message>
        <source>The other entries exceed the clipboard limit. Export them to a file.</source>
        <translation>Die übrigen Einträge sind zu groß für die Zwischenablage. Exportieren Sie sie in eine Datei.</translation>
    </message>
    <message>
        <source>{0} did not finish a frame within {1:g} s.</source>
        <translation>{0} hat einen Frame nicht innerhalb von {1:g}&#xa0;s vollständig gesendet.</translation>
    </message>
    <message>
        <source>{0} sends too many frames without events.</source>
        <translation>{0} sendet zu viele Frames ohne Ereignisse.</translation>
    </message>
    <message>
        <source>{0} opens the connection a second time.</source>
        <translation>{0} öffnet die Verbindung ein zweites Mal.</translation>
    </message>
    <message>
        <source>{0} sends more than requested (credit or size of an answer).</source>
        <translation>{0} sendet mehr als angefordert (Credit oder Größe einer Antwort).</translation>
    </message>
    <message>
        <source>{0} requests a heartbeat every {1:g} ms and frames of {2} bytes.</source>
        <translation>{0} verlangt einen Heartbeat alle {1:g}&#xa0;ms und Frames von {2} Byte.</translation>
    </message>
    <message>
        <source>not a regular file</source>
        <translation>keine reguläre Datei</translation>
    </message>
    <message>
        <source>larger than {0:,} bytes</source>
        <translation>größer als {0:,} Byte</translation>
    </message>
    <message>
        <source>schema is still loading</source>
        <translation>Schema wird noch gelesen</translation>
    </message>
    <message>
        <source>simplify it or remove the file</source>
        <translation>vereinfachen oder Datei entfernen</translation>
    </message>
    <message>
        <source>{0} needs more than {1} MB of memory: {2}</source>
        <translation>{0} benötigt mehr als {1}&#xa0;MB Speicher: {2}</translation>
    </message>
    <message>
        <source>not read: program closing</source>
        <translation>nicht gelesen: Programm wird beendet</translation>
    </message>
    <message>
        <source>{0} takes more than {1} seconds: {2}</source>
        <translation>{0} dauert länger als {1} Sekunden: {2}</translation>
    </message>
    <message>
        <source>compiling the schema</source>
        <translation>Kompilieren des Schemas</translation>
    </message>
    <message>
        <source>creating a form</source>
        <translation>Erzeugen eines Formulars</translation>
    </message>
    <message>
        <source>reading the schema</source>
        <translation>Lesen des Schemas</translation>
    </message>
    <message>
        <source>not readable on its own</source>
        <translation>allein nicht lesbar</translation>
    </message>
    <message>
        <source>schema needs too much memory for a form</source>
        <translation>Schema benötigt zu viel Speicher für ein Formular</translation>
    </message>
    <message>
        <source>types nested too deeply for a form</source>
        <translation>Typen für ein Formular zu tief verschachtelt</translation>
    </message>
    <message>
        <source>{0}; the schema of {1} is not used until it changes</source>
        <translation>{0}; das Schema von {1} wird bis zu einer Änderung nicht verwendet</translation>
    </message>
    <message>
        <source>not checked: program closing</source>
        <translation>nicht geprüft: Programm wird beendet</translation>
    </message>
    <message>
        <source>schema validation takes too long</source>
        <translation>Schemaprüfung dauert zu lange</translation>
    </message>
    <message>
        <source>validation needs too much memory</source>
        <translation>Prüfung benötigt zu viel Speicher</translation>
    </message>
    <message>
        <source>Too many files in {0}: at most {1} schemas are read.</source>
        <translation>Zu viele Dateien in {0}: Höchstens {1} Schemas werden gelesen.</translation>
    </message>
    <message>
        <source>documents larger than {0} bytes in total</source>
        <translation>Dokumente zusammen größer als {0} Byte</translation>
    </message>
    <message>
        <source>event is still loading</source>
        <translation>Ereignis wird noch gelesen</translation>
    </message>
    <message>
        <source>Some values could not be read, the rest was recovered. Events: {0:,}.</source>
        <translation>Einige Werte waren nicht lesbar, das Übrige wurde wiederhergestellt. Ereignisse: {0:,}.</translation>
    </message>
    <message>
        <source>must be empty (marked as nil)</source>
        <translation>muss leer sein (als nil gekennzeichnet)</translation>
    </message>
    <message>
        <source>{0} did not finish sending an event.</source>
        <translation>{0} hat ein Ereignis nicht vollständig gesendet.</translation>
    </message>
    <message>
        <source>So many events came during the change of filter that duplicates could not be recognised.</source>
        <translation>Zu viele Ereignisse während des Filterwechsels; Duplikate waren nicht erkennbar.</translation>
    </message>
    <message>
        <source>There is no agent on {0} that could be called.</source>
        <translation>{0} stellt keinen Agenten bereit.</translation>
    </message>
    <message>
        <source>This kind of bus does not filter by XQuery.</source>
        <translation>Dieser Bus filtert nicht nach XQuery.</translation>
    </message>
    <message>
        <source>at least {0} are required, there are {1}</source>
        <translation>mindestens {0} erforderlich, {1} vorhanden</translation>
    </message>
    <message>
        <source>the text is not XML</source>
        <translation>der Text ist kein XML</translation>
    </message>
    <message>
        <source>this is not XML: it does not begin with markup</source>
        <translation>kein XML: beginnt nicht mit Markup</translation>
    </message>
    <message>
        <source>the schema does not declare this</source>
        <translation>im Schema nicht deklariert</translation>
    </message>
    <message>
        <source>{0} is not one of {1}</source>
        <translation>{0} ist keiner der Werte {1}</translation>
    </message>
    <message>
        <source>{0} does not match the pattern {1}</source>
        <translation>{0} passt nicht zum Muster {1}</translation>
    </message>
    <message>
        <source>a character that is not a digit</source>
        <translation>ein Zeichen außer Ziffern</translation>
    </message>
    <message>
        <source>characters that are not digits</source>
        <translation>Zeichen außer Ziffern</translation>
    </message>
    <message>
        <source>a character that is not a blank</source>
        <translation>ein Zeichen außer Leerzeichen</translation>
    </message>
    <message>
        <source>characters that are not blanks</source>
        <translation>Zeichen außer Leerzeichen</translation>
    </message>
    <message>
        <source>a character that is not a letter</source>
        <translation>ein Zeichen außer Buchstaben</translation>
    </message>
    <message>
        <source>characters that are not letters</source>
        <translation>Zeichen außer Buchstaben</translation>
    </message>
    <message>
        <source>a character that is not a name character</source>
        <translation>ein in Namen nicht erlaubtes Zeichen</translation>
    </message>
    <message>
        <source>{0} is not a duration such as PT5M or P1DT2H</source>
        <translation>{0} ist keine Dauer wie PT5M oder P1DT2H</translation>
    </message>
    <message>
        <source>{0} leads to a date outside of the years 1 to 9999</source>
        <translation>{0} ergibt ein Datum außerhalb der Jahre 1 bis 9999</translation>
    </message>
    <message>
        <source>this is not an XML Schema document</source>
        <translation>kein XML-Schema-Dokument</translation>
    </message>
    <message>
        <source>{0} accepted the connection but did not open it (no AMQP 1.0, or another TLS setting?).</source>
        <translation>{0} hat die Verbindung angenommen, aber nicht geöffnet (kein AMQP 1.0 oder andere TLS-Einstellung?).</translation>
    </message>
    <message>
        <source>{0} accepted the connection but did not go on within {1:g} s.</source>
        <translation>{0} hat die Verbindung angenommen, aber innerhalb von {1:g}&#xa0;s nicht geantwortet.</translation>
    </message>
    <message>
        <source>The connection to {0} was lost: {1}.</source>
        <translation>Verbindung zu {0} verloren: {1}.</translation>
    </message>
    <message>
        <source>{0} sends a frame of {1:,} bytes; no more than {2:,} are accepted.</source>
        <translation>{0} sendet einen Frame von {1:,} Byte; die Grenze ist {2:,}.</translation>
    </message>
    <message>
        <source>{0} does not finish the login.</source>
        <translation>{0} schließt die Anmeldung nicht ab.</translation>
    </message>
    <message>
        <source>{0} sends frames that are not valid in AMQP 1.0.</source>
        <translation>{0} sendet Frames, die in AMQP 1.0 nicht gültig sind.</translation>
    </message>
    <message>
        <source>{0} restarts the protocol within a connection.</source>
        <translation>{0} beginnt das Protokoll innerhalb einer Verbindung neu.</translation>
    </message>
    <message>
        <source>{0} attaches links that were not requested.</source>
        <translation>{0} öffnet Links, die nicht angefordert wurden.</translation>
    </message>
    <message>
        <source>{0} does not open the connection as AMQP 1.0 requires.</source>
        <translation>{0} öffnet die Verbindung nicht nach AMQP 1.0.</translation>
    </message>
    <message>
        <source>{0} opens sessions that were not requested.</source>
        <translation>{0} öffnet Sitzungen, die nicht angefordert wurden.</translation>
    </message>
    <message>
        <source>The broker did not report when all events of the old filter had been delivered.</source>
        <translation>Der Broker hat das Ende des alten Abonnements nicht bestätigt.</translation>
    </message>
    <message>
        <source>{0} opens links that were not requested; it is not an event broker.</source>
        <translation>{0} öffnet nicht angeforderte Links und ist kein Ereignis-Broker.</translation>
    </message>
    <message>
        <source>The own queue in the broker filled up; events were dropped so that publishers are not held up.</source>
        <translation>Die Warteschlange im Broker war fast voll. Ereignisse wurden verworfen, um Sender nicht zu blockieren.</translation>
    </message>
    <message>
        <source>No name lookup needed for {0}.</source>
        <translation>{0}: keine Namensauflösung nötig.</translation>
    </message>
    <message>
        <source>Logged in anonymously.</source>
        <translation>Anonym angemeldet.</translation>
    </message>
    <message>
        <source>Logged in with the client certificate (EXTERNAL).</source>
        <translation>Mit dem Client-Zertifikat angemeldet (EXTERNAL).</translation>
    </message>
    <message>
        <source>{0} accepts connections on port {1}.</source>
        <translation>{0} nimmt Verbindungen auf Port {1} an.</translation>
    </message>
    <message>
        <source>No agent can be called at {0}: {1}</source>
        <translation>Unter {0} ist kein Agent erreichbar: {1}</translation>
    </message>
    <message>
        <source>The broker could not deliver the request to an agent.</source>
        <translation>Der Broker konnte die Anfrage keinem Agenten zustellen.</translation>
    </message>
    <message>
        <source>its SASL frames have an invalid size</source>
        <translation>ungültige Größe eines SASL-Frames</translation>
    </message>
    <message>
        <source>unexpected data during the login</source>
        <translation>unerwartete Daten während der Anmeldung</translation>
    </message>
    <message>
        <source>The broker released it: there is no receiver, or a queue is full.</source>
        <translation>Vom Broker zurückgegeben: kein Empfänger oder Warteschlange voll.</translation>
    </message>
    <message>
        <source>The connection was lost before the broker had confirmed; it is not known whether the event arrived.</source>
        <translation>Verbindung vor der Bestätigung des Brokers verloren. Ob das Ereignis angekommen ist, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>{0:,} events are already waiting, and the broker accepts none; this one was not kept.</source>
        <translation>Sendewarteschlange voll ({0:,} Ereignisse), der Broker nimmt keine an. Dieses Ereignis wurde verworfen.</translation>
    </message>
    <message>
        <source>The broker has accepted no events for {0:g} s; this one still waits.</source>
        <translation>Der Broker nimmt keine Ereignisse an (Dauer: {0:g}&#xa0;s). Dieses Ereignis ist noch in der Warteschlange.</translation>
    </message>
    <message>
        <source>The filter is too long for the broker, which accepts {0:,} bytes.</source>
        <translation>Der Filter ist zu lang für den Broker (Grenze: {0:,} Byte).</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>no route to the host</source>
        <translation>Host nicht erreichbar</translation>
    </message>
    <message>
        <source>no route to the network</source>
        <translation>Netz nicht erreichbar</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>it is not a host name</source>
        <translation>kein gültiger Hostname</translation>
    </message>
    <message>
        <source>it is self-signed; if that is intended, choose it as the CA certificate</source>
        <translation>selbstsigniert; um ihm zu vertrauen, als Zertifizierungsstelle wählen</translation>
    </message>
    <message>
        <source>{0} This was during the login: are user name and password correct?</source>
        <translation>{0} Dies geschah während der Anmeldung: Benutzername und Passwort prüfen.</translation>
    </message>
    <message>
        <source>The URL must start with {0}. Example: {1}</source>
        <translation>Die URL muss mit {0} beginnen. Beispiel: {1}</translation>
    </message>
    <message>
        <source>This version does not know the protocol {0}.</source>
        <translation>Diese Version kennt das Protokoll {0} nicht.</translation>
    </message>
    <message>
        <source>The queue in the broker was full and lost events, old and new ones.</source>
        <translation>Die Warteschlange im Broker war voll und hat ältere und neue Ereignisse verloren.</translation>
    </message>
    <message>
        <source>The queue in the broker was full and rejected the newest events.</source>
        <translation>Die Warteschlange im Broker war voll und hat die neuesten Ereignisse abgewiesen.</translation>
    </message>
    <message>
        <source>No queue is bound to {0} for it, so that it has reached no receiver.</source>
        <translation>An {0} ist keine Warteschlange dafür gebunden, kein Empfänger hat es erhalten.</translation>
    </message>
    <message>
        <source>choose the automatic broker type: this broker takes addresses of version 2 only</source>
        <translation>Broker-Typ automatisch erkennen lassen, dieser Broker nimmt nur Adressen der Version 2 an</translation>
    </message>
    <message>
        <source>another connection has the queue for itself: name the exchange as the domain</source>
        <translation>eine andere Verbindung verwendet die Warteschlange exklusiv, als Domäne den Exchange angeben</translation>
    </message>
    <message>
        <source>the user lacks this permission</source>
        <translation>dem Benutzer fehlt diese Berechtigung</translation>
    </message>
    <message>
        <source>the broker does not allow queues of this kind</source>
        <translation>der Broker lässt Warteschlangen dieser Art nicht zu</translation>
    </message>
    <message>
        <source>{0}: {1} ({2}).</source>
        <translation>{0}: {1} ({2}).</translation>
    </message>
    <message>
        <source>No answer from the broker&apos;s management within {0:g} s.</source>
        <translation>Keine Antwort der Verwaltung des Brokers innerhalb von {0:g} s.</translation>
    </message>
    <message>
        <source>{0}: {1} (the user lacks a permission)</source>
        <translation>{0}: {1} (dem Benutzer fehlt eine Berechtigung)</translation>
    </message>
    <message>
        <source>The broker&apos;s management rejected a request.</source>
        <translation>Die Verwaltung des Brokers hat eine Anfrage abgelehnt.</translation>
    </message>
    <message>
        <source>{0} is a queue: events that are received from it are taken away from its other receivers. Name the exchange as the domain to get a copy of each event, or read a stream.</source>
        <translation>{0} ist eine Warteschlange: Ereignisse, die daraus empfangen werden, gehen ihren anderen Empfängern verloren. Als Domäne den Exchange angeben, um Kopien zu erhalten, oder einen Stream lesen.</translation>
    </message>
    <message>
        <source>{0} cannot be read</source>
        <translation>{0} kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>The monitor&apos;s queue cannot be bound to {0}</source>
        <translation>Die Warteschlange des Monitors kann nicht an {0} gebunden werden</translation>
    </message>
    <message>
        <source>The broker declares no queue for the monitor</source>
        <translation>Der Broker legt keine Warteschlange für den Monitor an</translation>
    </message>
    <message>
        <source>{0} Does the virtual host {1} exist, and may the user use it?</source>
        <translation>{0} Ist der virtuelle Host {1} vorhanden, und darf der Benutzer ihn verwenden?</translation>
    </message>
    <message>
        <source>A stream cannot be read from {0}. Examples: {1}</source>
        <translation>Ein Stream kann nicht ab {0} gelesen werden. Beispiele: {1}</translation>
    </message>
    <message>
        <source>Receiving from {0} would take events away from its other receivers: each event goes to one of them. Use an exchange or a topic, a queue that gets copies for the monitor, or allow it in the connection.</source>
        <translation>Der Empfang von {0} würde anderen Empfängern Ereignisse wegnehmen: Jedes Ereignis geht an nur einen von ihnen. Verwenden Sie einen Exchange oder ein Topic oder eine Warteschlange, die Kopien für den Monitor erhält, oder erlauben Sie es in der Verbindung.</translation>
    </message>
    <message>
        <source>{0} is a queue, which is only looked at: events that another receiver takes first are not seen. Use a topic to see all.</source>
        <translation>{0} ist eine Warteschlange, die nur durchgesehen wird: Ereignisse, die ein anderer Empfänger zuerst entnimmt, sind nicht zu sehen. Verwenden Sie ein Topic, um alle zu sehen.</translation>
    </message>
    <message>
        <source>the idle timeout of the connection is too short</source>
        <translation>die Leerlaufzeit (Idle Timeout) der Verbindung ist zu kurz</translation>
    </message>
    <message>
        <source>Own queue</source>
        <translation>Eigene Warteschlange</translation>
    </message>
    <message>
        <source>Events in the own queue</source>
        <translation>Ereignisse in der eigenen Warteschlange</translation>
    </message>
    <message>
        <source>Bound to</source>
        <translation>Gebunden an</translation>
    </message>
    <message>
        <source>The password would be sent in clear text ({0} without TLS). Use TLS or allow clear text.</source>
        <translation>Das Passwort würde unverschlüsselt gesendet ({0} ohne TLS). Verwenden Sie TLS oder erlauben Sie Klartext.</translation>
    </message>
    <message>
        <source>the token was not accepted</source>
        <translation>das Token wurde nicht akzeptiert</translation>
    </message>
    <message>
        <source>{0} is not offered</source>
        <translation>{0} wird nicht angeboten</translation>
    </message>
    <message>
        <source>{0} requires a login, and no user is given: enter a user name and a password.</source>
        <translation>{0} verlangt eine Anmeldung, und es ist kein Benutzer angegeben: Geben Sie Benutzernamen und Passwort ein.</translation>
    </message>
    <message>
        <source>{0} requires a client certificate: choose the certificate and its key for the connection.</source>
        <translation>{0} verlangt ein Client-Zertifikat: Wählen Sie für die Verbindung das Zertifikat und seinen Schlüssel.</translation>
    </message>
    <message>
        <source>{0} Does the broker require a client certificate?</source>
        <translation>{0} Verlangt der Broker ein Client-Zertifikat?</translation>
    </message>
    <message>
        <source>{0} is still bound</source>
        <translation>Die Bindung an {0} besteht noch</translation>
    </message>
    <message>
        <source>Domain and routing key stay as they are until the next connect: {0}</source>
        <translation>Domain und Routing-Schlüssel bleiben bis zur nächsten Verbindung wie bisher: {0}</translation>
    </message>
    <message>
        <source>The payload has {0:,} bytes, more than can be kept.</source>
        <translation>Die Nutzdaten haben {0:,} Bytes, mehr als aufbewahrt werden können.</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>fortgesetzt</translation>
    </message>
    <message>
        <source>user name and password</source>
        <translation>Benutzername und Passwort</translation>
    </message>
    <message>
        <source>user name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>MQTT version</source>
        <translation>MQTT-Version</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>The broker sent what cannot be read: {0}.</source>
        <translation>Der Broker hat etwas gesendet, das nicht gelesen werden kann: {0}.</translation>
    </message>
    <message>
        <source>{0}: there is no agent on MQTT that could be called.</source>
        <translation>{0}: Über MQTT gibt es keinen Agenten, der aufgerufen werden könnte.</translation>
    </message>
    <message>
        <source>The event has {0:,} bytes, more than MQTT can carry.</source>
        <translation>Das Ereignis hat {0:,} Bytes, mehr als MQTT übertragen kann.</translation>
    </message>
    <message>
        <source>{0} is not a topic that can be sent to.</source>
        <translation>{0} ist kein Topic, an das gesendet werden kann.</translation>
    </message>
    <message>
        <source>{0} does not know this version of MQTT: choose another one for the connection.</source>
        <translation>{0} kennt diese Version von MQTT nicht: Wählen Sie für die Verbindung eine andere.</translation>
    </message>
    <message>
        <source>{0} refused the connection: {1}.</source>
        <translation>{0} hat die Verbindung abgelehnt: {1}.</translation>
    </message>
    <message>
        <source>{0} ended the connection: another client has connected with the same client id.</source>
        <translation>{0} hat die Verbindung beendet: Ein anderer Client hat sich mit derselben Client-ID verbunden.</translation>
    </message>
    <message>
        <source>{0} ended the connection: {1}.</source>
        <translation>{0} hat die Verbindung beendet: {1}.</translation>
    </message>
    <message>
        <source>wrong user name or password ({0}).</source>
        <translation>Benutzername oder Passwort falsch ({0}).</translation>
    </message>
    <message>
        <source>{0} accepted the connection but did not open it (no MQTT, or another TLS setting?).</source>
        <translation>{0} hat die Verbindung angenommen, aber nicht geöffnet (kein MQTT oder eine andere TLS-Einstellung?).</translation>
    </message>
    <message>
        <source>The broker sent a packet of {0:,} bytes that is not a message.</source>
        <translation>Der Broker hat ein Paket von {0:,} Bytes gesendet, das keine Nachricht ist.</translation>
    </message>
    <message>
        <source>The broker sent a packet whose length cannot be read.</source>
        <translation>Der Broker hat ein Paket gesendet, dessen Länge nicht gelesen werden kann.</translation>
    </message>
    <message>
        <source>The broker sent a message with {0:,} bytes before its payload.</source>
        <translation>Der Broker hat eine Nachricht mit {0:,} Bytes vor den Nutzdaten gesendet.</translation>
    </message>
    <message>
        <source>The broker accepts the connection with MQTT {0}.</source>
        <translation>Der Broker nimmt die Verbindung mit MQTT {0} an.</translation>
    </message>
    <message>
        <source>The broker does not let this user read {0}.</source>
        <translation>Der Broker lässt diesen Benutzer {0} nicht lesen.</translation>
    </message>
    <message>
        <source>Subscribed to {0}; the broker does not permit {1}.</source>
        <translation>{0} abonniert; {1} erlaubt der Broker nicht.</translation>
    </message>
    <message>
        <source>Subscribed to {0}.</source>
        <translation>{0} abonniert.</translation>
    </message>
    <message>
        <source>The broker has it, but no client subscribes to its topic.</source>
        <translation>Der Broker hat es, aber kein Client hat sein Topic abonniert.</translation>
    </message>
    <message>
        <source>Sent without its properties: only MQTT 5 can carry them.</source>
        <translation>Ohne seine Eigenschaften gesendet: Nur MQTT 5 kann sie übertragen.</translation>
    </message>
    <message>
        <source>The broker takes messages of {0:,} bytes at most; this has {1:,}.</source>
        <translation>Der Broker nimmt Nachrichten mit höchstens {0:,} Bytes an; diese hat {1:,}.</translation>
    </message>
    <message>
        <source>MQTT brokers do not evaluate filters.</source>
        <translation>MQTT-Broker werten keine Filter aus.</translation>
    </message>
    <message>
        <source>The broker kept the session: what was sent with QoS 1 or 2 meanwhile was delivered afterwards, up to its limit (max_queued_messages; mosquitto&apos;s is 1,000 unless set), beyond which it drops without a word. What was sent with QoS 0 is lost.</source>
        <translation>Der Broker hat die Sitzung behalten: Was inzwischen mit QoS 1 oder 2 gesendet wurde, hat er danach zugestellt, bis zu seiner Grenze (max_queued_messages; bei mosquitto 1.000, wenn nichts eingestellt ist). Was darüber hinausgeht, verwirft er stillschweigend. Was mit QoS 0 gesendet wurde, ist verloren.</translation>
    </message>
    <message>
        <source>The broker had not kept the session: everything that was sent meanwhile is lost.</source>
        <translation>Der Broker hat die Sitzung nicht behalten: Alles, was inzwischen gesendet wurde, ist verloren.</translation>
    </message>
    <message>
        <source>The payload is not valid JSON (character {0:,}).</source>
        <translation>Die Nutzdaten sind kein gültiges JSON (Zeichen {0:,}).</translation>
    </message>
    <message>
        <source>The payload has no text named content.</source>
        <translation>Die Nutzdaten enthalten keinen Text namens content.</translation>
    </message>
    <message>
        <source>The payload is not a JSON object.</source>
        <translation>Die Nutzdaten sind kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>The payload has a list or an object in it (character {0:,}).</source>
        <translation>Die Nutzdaten enthalten eine Liste oder ein Objekt (Zeichen {0:,}).</translation>
    </message>
    <message>
        <source>Only text in UTF-8 can be wrapped in JSON; this is not.</source>
        <translation>Nur Text in UTF-8 kann in JSON verpackt werden; dies ist keiner.</translation>
    </message>
    <message>
        <source>The payload is not UTF-8 (byte {0:,}).</source>
        <translation>Die Nutzdaten sind kein UTF-8 (Byte {0:,}).</translation>
    </message>
    <message>
        <source>The payload has the member {0} twice.</source>
        <translation>Die Nutzdaten enthalten {0} zweimal.</translation>
    </message>
    <message>
        <source>The content has half of a character (a lone surrogate).</source>
        <translation>Der Inhalt enthält ein halbes Zeichen (ein einzelnes Surrogat).</translation>
    </message>
    <message>
        <source>The payload has more than {0} members.</source>
        <translation>Die Nutzdaten enthalten mehr als {0} Einträge.</translation>
    </message>
    <message>
        <source>it is too long, or has a NUL in it</source>
        <translation>es ist zu lang oder enthält ein NUL-Zeichen</translation>
    </message>
    <message>
        <source># must be the last level, and alone in it</source>
        <translation># muss die letzte Ebene sein und dort allein stehen</translation>
    </message>
    <message>
        <source>+ must be alone in its level</source>
        <translation>+ muss in seiner Ebene allein stehen</translation>
    </message>
    <message>
        <source>The dialect in the URL must be {0}.</source>
        <translation>Der Dialekt in der URL muss {0} sein.</translation>
    </message>
    <message>
        <source>The version of MQTT in the URL must be {0}.</source>
        <translation>Die Version von MQTT in der URL muss {0} sein.</translation>
    </message>
    <message>
        <source>A connection can have {0} topics at most.</source>
        <translation>Eine Verbindung kann höchstens {0} Topics haben.</translation>
    </message>
    <message>
        <source>{0} cannot be subscribed to: {1}.</source>
        <translation>{0} kann nicht abonniert werden: {1}.</translation>
    </message>
    <message>
        <source>No schema has an element &apos;{0}&apos; in {1}.</source>
        <translation>Kein Schema hat ein Element „{0}“ in {1}.</translation>
    </message>
    <message>
        <source>Events have &apos;{0}&apos; in the namespace &apos;{1}&apos;, this looks for it in {2}.</source>
        <translation>Ereignisse haben „{0}“ im Namensraum „{1}“; gesucht wird in: {2}.</translation>
    </message>
    <message>
        <source>No event so far has the value &apos;{1}&apos; in {0}.</source>
        <translation>Bisher hatte kein Ereignis den Wert „{1}“ in {0}.</translation>
    </message>
    <message>
        <source>There is an attribute of that name: write @{0}.</source>
        <translation>Es gibt ein Attribut dieses Namens: @{0} schreiben.</translation>
    </message>
    <message>
        <source>No schema has an element &apos;{0}&apos; anywhere below {1}.</source>
        <translation>Kein Schema hat ein Element „{0}“ unterhalb von {1}.</translation>
    </message>
    <message>
        <source>No schema has an element &apos;{0}&apos; beside {1}.</source>
        <translation>Kein Schema hat ein Element „{0}“ neben {1}.</translation>
    </message>
    <message>
        <source>No schema has an element &apos;{0}&apos; at the top of an event.</source>
        <translation>Kein Schema hat ein Element „{0}“ als oberstes eines Ereignisses.</translation>
    </message>
    <message>
        <source>There are no elements in {1}, so none named &apos;{0}&apos;.</source>
        <translation>{1} haben keine Elemente, also auch keines namens „{0}“.</translation>
    </message>
    <message>
        <source>the document</source>
        <translation>das Dokument</translation>
    </message>
    <message>
        <source>No schema has an attribute &apos;{0}&apos; for {1}.</source>
        <translation>Kein Schema hat ein Attribut „{0}“ für {1}.</translation>
    </message>
    <message>
        <source>{1} has no attributes, so none named &apos;{0}&apos;.</source>
        <translation>{1} hat keine Attribute, also auch keines namens „{0}“.</translation>
    </message>
    <message>
        <source>There is an element of that name: leave out the @.</source>
        <translation>Es gibt ein Element dieses Namens: @ weglassen.</translation>
    </message>
    <message>
        <source>Write {0}.</source>
        <translation>{0} schreiben.</translation>
    </message>
    <message>
        <source>{0} never has the value &apos;{1}&apos;.</source>
        <translation>{0} hat nie den Wert „{1}“.</translation>
    </message>
    <message>
        <source>This is a value and not a condition: the answer is the same for every event.</source>
        <translation>Das ist ein Wert und keine Bedingung: Das Ergebnis ist für alle Ereignisse gleich.</translation>
    </message>
    <message>
        <source>|| joins two texts.</source>
        <translation>|| verkettet zwei Texte.</translation>
    </message>
    <message>
        <source>Write or between two conditions.</source>
        <translation>Zwischen zwei Bedingungen or schreiben.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is an element&apos;s name here.</source>
        <translation>„{0}“ ist hier der Name eines Elements.</translation>
    </message>
    <message>
        <source>any of {0} elements</source>
        <translation>einem von {0} Elementen</translation>
    </message>
    <message>
        <source>There is {0}{1}</source>
        <translation>Es gibt {0}{1}</translation>
    </message>
    <message>
        <source>No schema has an element &apos;{0}&apos; anywhere in an event.</source>
        <translation>Kein Schema hat irgendwo in einem Ereignis ein Element „{0}“.</translation>
    </message>
    <message>
        <source>{1} has no elements, so none named &apos;{0}&apos;.</source>
        <translation>{1} hat keine Elemente, also auch keines namens „{0}“.</translation>
    </message>
    <message>
        <source>Did you mean &apos;{0}&apos;?</source>
        <translation>Meinten Sie „{0}“?</translation>
    </message>
    <message>
        <source>The open archive records {0}, too: its events are shown once, from there.</source>
        <translation>Das geöffnete Archiv zeichnet auch {0} auf: Dessen Ereignisse erscheinen einmal, von dort.</translation>
    </message>
    <message>
        <source>What is open is read-only: events of connections are not recorded. Begin a new capture for them.</source>
        <translation>Das Geöffnete ist schreibgeschützt: Ereignisse von Verbindungen werden nicht aufgezeichnet. Beginnen Sie dafür eine neue Aufzeichnung.</translation>
    </message>
    <message>
        <source>{0} The archive&apos;s database selects by time and type ({1}); the rest is evaluated here.</source>
        <translation>{0} Die Datenbank des Archivs wählt nach Zeit und Typ aus ({1}); der Rest wird lokal ausgewertet.</translation>
    </message>
    <message>
        <source>{0} The archive&apos;s database selects by time only; the query is evaluated here.</source>
        <translation>{0} Die Datenbank des Archivs wählt nur nach Zeit aus; die Abfrage wird hier ausgewertet.</translation>
    </message>
    <message>
        <source>RabbitMQ 3 makes no queue for a recorder over AMQP 1.0. Have one made that is bound to {0}, and name it in the URL: amqp://host/amq/queue/NAME</source>
        <translation>RabbitMQ 3 legt über AMQP 1.0 keine Warteschlange für einen Rekorder an. Lassen Sie eine anlegen, die an {0} gebunden ist, und nennen Sie sie in der URL: amqp://host/amq/queue/NAME</translation>
    </message>
    <message>
        <source>The broker had kept no session: what was sent before is not in it.</source>
        <translation>Der Broker hatte keine Sitzung aufbewahrt: Was vorher gesendet wurde, ist nicht dabei.</translation>
    </message>
    <message>
        <source>{0}: {1} (line {2}, column {3})</source>
        <translation>{0}: {1} (Zeile {2}, Spalte {3})</translation>
    </message>
    <message>
        <source>A value</source>
        <translation>Ein Wert</translation>
    </message>
    <message>
        <source>This value is neither true nor false.</source>
        <translation>Dieser Wert ist weder wahr noch falsch.</translation>
    </message>
    <message>
        <source>{0} items</source>
        <translation>{0} Werte</translation>
    </message>
    <message>
        <source>{0} must be one item, not {1}.</source>
        <translation>{0} muss genau ein Wert sein, nicht {1}.</translation>
    </message>
    <message>
        <source>A sequence of several values is neither true nor false.</source>
        <translation>Eine Folge mehrerer Werte ist weder wahr noch falsch.</translation>
    </message>
    <message>
        <source>A function, map or array has no string value.</source>
        <translation>Funktionen, Maps und Arrays haben keinen Textwert.</translation>
    </message>
    <message>
        <source>a function</source>
        <translation>eine Funktion</translation>
    </message>
    <message>
        <source>A function or map has no atomic value.</source>
        <translation>Funktionen und Maps haben keinen atomaren Wert.</translation>
    </message>
    <message>
        <source>a map</source>
        <translation>eine Map</translation>
    </message>
    <message>
        <source>an array</source>
        <translation>ein Array</translation>
    </message>
    <message>
        <source>Untyped data cannot become an xs:QName.</source>
        <translation>Werte ohne Typ können nicht in xs:QName umgewandelt werden.</translation>
    </message>
    <message>
        <source>There is no context item here.</source>
        <translation>Hier gibt es kein Kontextelement.</translation>
    </message>
    <message>
        <source>${0} depends on itself.</source>
        <translation>${0} hängt von sich selbst ab.</translation>
    </message>
    <message>
        <source>${0} has no value.</source>
        <translation>${0} hat keinen Wert.</translation>
    </message>
    <message>
        <source>${0} must be {1}, not {2}.</source>
        <translation>${0} muss {1} sein, nicht {2}.</translation>
    </message>
    <message>
        <source>The context item does not have its declared type.</source>
        <translation>Das Kontextelement hat nicht den deklarierten Typ.</translation>
    </message>
    <message>
        <source>The query needs too much memory.</source>
        <translation>Die Abfrage benötigt zu viel Speicher.</translation>
    </message>
    <message>
        <source>The event has no property &apos;{0}&apos; for ${0}.</source>
        <translation>Das Ereignis hat keine Eigenschaft „{0}“ für ${0}.</translation>
    </message>
    <message>
        <source>The context item must be one item.</source>
        <translation>Das Kontextelement muss genau ein Wert sein.</translation>
    </message>
    <message>
        <source>a collation is named</source>
        <translation>eine Collation ist angegeben</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>zu tief verschachtelt</translation>
    </message>
    <message>
        <source>libxml2 does not take its XPath 1.0 form</source>
        <translation>libxml2 lehnt die Form in XPath 1.0 ab</translation>
    </message>
    <message>
        <source>{0} goes the general way</source>
        <translation>{0} wird allgemein ausgewertet</translation>
    </message>
    <message>
        <source>${0} does not stand for nodes</source>
        <translation>${0} steht nicht für Knoten</translation>
    </message>
    <message>
        <source>${0} is not known before the query runs</source>
        <translation>${0} ist erst bei der Auswertung bekannt</translation>
    </message>
    <message>
        <source>an outer node is used inside a further predicate</source>
        <translation>ein äußerer Knoten wird in einem inneren Prädikat verwendet</translation>
    </message>
    <message>
        <source>the path has too many alternatives</source>
        <translation>der Pfad hat zu viele Alternativen</translation>
    </message>
    <message>
        <source>XPath 1.0 in lxml has no {0} axis like this</source>
        <translation>XPath 1.0 in lxml hat die Achse {0} nicht in dieser Form</translation>
    </message>
    <message>
        <source>the {0} axis of attributes differs between the two</source>
        <translation>die Achse {0} von Attributen unterscheidet sich in beiden Sprachen</translation>
    </message>
    <message>
        <source>it may leave the event</source>
        <translation>der Pfad kann aus dem Ereignis hinausführen</translation>
    </message>
    <message>
        <source>a test for a type goes the general way</source>
        <translation>eine Typprüfung wird allgemein ausgewertet</translation>
    </message>
    <message>
        <source>a test for {0} nodes goes the general way here</source>
        <translation>eine Prüfung auf Knoten der Art {0} wird hier allgemein ausgewertet</translation>
    </message>
    <message>
        <source>{0} as a step goes the general way</source>
        <translation>{0} als Schritt wird allgemein ausgewertet</translation>
    </message>
    <message>
        <source>the type of a variable has to be checked</source>
        <translation>der Typ einer Variablen ist zu prüfen</translation>
    </message>
    <message>
        <source>the type or the position of a variable is asked for</source>
        <translation>Typ oder Position einer Variablen werden abgefragt</translation>
    </message>
    <message>
        <source>`order by` may raise an error</source>
        <translation>`order by` kann einen Fehler auslösen</translation>
    </message>
    <message>
        <source>`group by` is left to the general way</source>
        <translation>`group by` wird allgemein ausgewertet</translation>
    </message>
    <message>
        <source>`count` is left to the general way</source>
        <translation>`count` wird allgemein ausgewertet</translation>
    </message>
    <message>
        <source>windows are left to the general way</source>
        <translation>Fenster werden allgemein ausgewertet</translation>
    </message>
    <message>
        <source>only strings and integers compare in the same way</source>
        <translation>nur Texte und ganze Zahlen werden in beiden Sprachen gleich verglichen</translation>
    </message>
    <message>
        <source>the query declares the context item</source>
        <translation>die Abfrage deklariert das Kontextelement</translation>
    </message>
    <message>
        <source>the type of ${0} has to be checked</source>
        <translation>der Typ von ${0} ist zu prüfen</translation>
    </message>
    <message>
        <source>XPath 1.0 cannot take the name ${0}</source>
        <translation>XPath 1.0 lässt den Namen ${0} nicht zu</translation>
    </message>
    <message>
        <source>this clause is checked</source>
        <translation>diese Klausel wird geprüft</translation>
    </message>
    <message>
        <source>there may be several nodes, which would be an error</source>
        <translation>es kann mehrere Knoten geben, was ein Fehler wäre</translation>
    </message>
    <message>
        <source>a string function takes strings only</source>
        <translation>eine Textfunktion nimmt nur Texte an</translation>
    </message>
    <message>
        <source>{0}() is left to the general way</source>
        <translation>{0}() wird allgemein ausgewertet</translation>
    </message>
    <message>
        <source>the truth of a number is left to the general way</source>
        <translation>der Wahrheitswert einer Zahl wird allgemein ausgewertet</translation>
    </message>
    <message>
        <source>it grows too long once its variables are put in</source>
        <translation>mit eingesetzten Variablen wird der Ausdruck zu lang</translation>
    </message>
    <message>
        <source>`{0}` depends on the types of values</source>
        <translation>`{0}` hängt vom Typ der Werte ab</translation>
    </message>
    <message>
        <source>numbers and truth values compare otherwise</source>
        <translation>Zahlen und Wahrheitswerte werden anders verglichen</translation>
    </message>
    <message>
        <source>These values cannot be added.</source>
        <translation>Diese Werte können nicht addiert werden.</translation>
    </message>
    <message>
        <source>These values have no common order.</source>
        <translation>Diese Werte haben keine gemeinsame Ordnung.</translation>
    </message>
    <message>
        <source>&apos;[{0}]&apos; is not a part of a picture.</source>
        <translation>„[{0}]“ ist kein Bestandteil eines Formats.</translation>
    </message>
    <message>
        <source>An xs:{0} has no &apos;{1}&apos;.</source>
        <translation>xs:{0} hat kein „{1}“.</translation>
    </message>
    <message>
        <source>&apos;[{0}]&apos; has no possible width.</source>
        <translation>„[{0}]“ hat keine mögliche Breite.</translation>
    </message>
    <message>
        <source>&apos;[f{0}]&apos;: digits that must be there come first.</source>
        <translation>„[f{0}]“: Pflichtziffern stehen zuerst.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a picture for a date.</source>
        <translation>„{0}“ ist kein Format für ein Datum.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a name of a calendar.</source>
        <translation>„{0}“ ist kein Name eines Kalenders.</translation>
    </message>
    <message>
        <source>There is no calendar &apos;{0}&apos;.</source>
        <translation>Der Kalender „{0}“ ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The function must return one xs:boolean.</source>
        <translation>Die Funktion muss genau einen xs:boolean zurückgeben.</translation>
    </message>
    <message>
        <source>This is not JSON, at character {0}.</source>
        <translation>Kein gültiges JSON, ab Zeichen {0}.</translation>
    </message>
    <message>
        <source>Either escape or have a fallback, not both.</source>
        <translation>Nur escape oder fallback angeben, nicht beides.</translation>
    </message>
    <message>
        <source>The JSON is nested too deeply.</source>
        <translation>Das JSON ist zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>The length of a subarray must not be negative.</source>
        <translation>Die Länge eines Teilarrays darf nicht negativ sein.</translation>
    </message>
    <message>
        <source>A name without a namespace cannot have a prefix.</source>
        <translation>Ein Name ohne Namensraum kann kein Präfix haben.</translation>
    </message>
    <message>
        <source>The tree has no document node.</source>
        <translation>Der Baum hat keinen Dokumentknoten.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a picture for a number.</source>
        <translation>„{0}“ ist kein Format für eine Zahl.</translation>
    </message>
    <message>
        <source>There is no decimal format &apos;{0}&apos;.</source>
        <translation>Das Dezimalformat „{0}“ ist nicht deklariert.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; mixes digits of different scripts.</source>
        <translation>„{0}“ mischt Ziffern verschiedener Schriften.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a picture for an integer.</source>
        <translation>„{0}“ ist kein Format für eine ganze Zahl.</translation>
    </message>
    <message>
        <source>The picture is empty.</source>
        <translation>Das Format ist leer.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a format modifier.</source>
        <translation>„{0}“ ist kein Formatzusatz.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a value of the option &apos;{1}&apos;.</source>
        <translation>„{0}“ ist kein Wert der Option „{1}“.</translation>
    </message>
    <message>
        <source>The option &apos;{0}&apos; has a wrong value: {1}</source>
        <translation>Die Option „{0}“ hat einen falschen Wert: {1}</translation>
    </message>
    <message>
        <source>A fragment has no DOCTYPE.</source>
        <translation>Ein Fragment darf kein DOCTYPE haben.</translation>
    </message>
    <message>
        <source>This is not well-formed XML: {0}</source>
        <translation>Kein wohlgeformtes XML: {0}</translation>
    </message>
    <message>
        <source>A fragment has no XML declaration.</source>
        <translation>Ein Fragment darf keine XML-Deklaration haben.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; are not flags: s, m, i, x and q are.</source>
        <translation>„{0}“ sind keine gültigen Flags. Möglich sind s, m, i, x und q.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a regular expression: {1}, at character {2}.</source>
        <translation>„{0}“ ist kein regulärer Ausdruck: {1}, bei Zeichen {2}.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a regular expression: {1}</source>
        <translation>„{0}“ ist kein regulärer Ausdruck: {1}</translation>
    </message>
    <message>
        <source>&apos;)&apos; closes nothing</source>
        <translation>„)“ ohne öffnende Klammer</translation>
    </message>
    <message>
        <source>the second number is smaller than the first one</source>
        <translation>die zweite Zahl ist kleiner als die erste</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; has no meaning here; write \{0}</source>
        <translation>„{0}“ ist hier nicht zulässig, \{0} schreiben</translation>
    </message>
    <message>
        <source>a group is never closed</source>
        <translation>eine Gruppe wird nicht geschlossen</translation>
    </message>
    <message>
        <source>there is no group {0} before \{1}</source>
        <translation>vor \{1} gibt es keine Gruppe {0}</translation>
    </message>
    <message>
        <source>\{0} is not an escape</source>
        <translation>\{0} ist keine Escape-Folge</translation>
    </message>
    <message>
        <source>this range of characters is not right</source>
        <translation>ungültiger Zeichenbereich</translation>
    </message>
    <message>
        <source>&apos;(?&apos; must be followed by &apos;:&apos;</source>
        <translation>auf „(?“ muss „:“ folgen</translation>
    </message>
    <message>
        <source>there is no category or block &apos;{0}&apos;</source>
        <translation>die Kategorie oder der Block „{0}“ ist nicht bekannt</translation>
    </message>
    <message>
        <source>this set of characters is not right</source>
        <translation>ungültige Zeichenklasse</translation>
    </message>
    <message>
        <source>&apos;-&apos; must be at the edge of a set, or between two characters</source>
        <translation>„-“ muss am Rand einer Zeichenklasse oder zwischen zwei Zeichen stehen</translation>
    </message>
    <message>
        <source>what is taken off must be the last part of a set</source>
        <translation>eine Subtraktion muss am Ende der Zeichenklasse stehen</translation>
    </message>
    <message>
        <source>The pattern &apos;{0}&apos; matches the empty string.</source>
        <translation>Das Muster „{0}“ passt auf den leeren Text.</translation>
    </message>
    <message>
        <source>In a replacement &apos;\&apos; must be followed by \ or $.</source>
        <translation>In einer Ersetzung muss auf „\“ ein \ oder $ folgen.</translation>
    </message>
    <message>
        <source>In a replacement &apos;$&apos; must be followed by a digit.</source>
        <translation>In einer Ersetzung muss auf „$“ eine Ziffer folgen.</translation>
    </message>
    <message>
        <source>A query can look at nothing but the event.</source>
        <translation>Eine Abfrage hat nur auf das Ereignis Zugriff.</translation>
    </message>
    <message>
        <source>The question was cancelled: the rows so far are not the whole answer.</source>
        <translation>Die Frage wurde abgebrochen: Die bisherigen Zeilen sind nicht die ganze Antwort.</translation>
    </message>
    <message>
        <source>The result has more than {0} rows: the first of them are shown. Ask for less, or count.</source>
        <translation>Das Ergebnis hat mehr als {0} Zeilen; die ersten werden angezeigt. Fragen Sie nach weniger, oder zählen Sie.</translation>
    </message>
    <message>
        <source>The result has too much text: the first rows are shown. Ask for less of each event.</source>
        <translation>Das Ergebnis hat zu viel Text; die ersten Zeilen werden angezeigt. Fragen Sie nach weniger von jedem Ereignis.</translation>
    </message>
    <message>
        <source>The question needs more memory than a worker may have: the rows so far are not the whole answer.</source>
        <translation>Die Frage braucht mehr Speicher, als ein Arbeitsprozess haben darf: Die bisherigen Zeilen sind nicht die ganze Antwort.</translation>
    </message>
    <message>
        <source>The question takes too long and was stopped: the rows so far are not the whole answer. Ask about a shorter time or one type of events.</source>
        <translation>Die Frage dauert zu lange und wurde beendet: Die bisherigen Zeilen sind nicht die ganze Antwort. Fragen Sie nach einem kürzeren Zeitraum oder nur einem Ereignistyp.</translation>
    </message>
    <message>
        <source>The question was stopped, and the rows so far are not the whole answer: {0}</source>
        <translation>Die Frage wurde beendet, und die bisherigen Zeilen sind nicht die ganze Antwort: {0}</translation>
    </message>
    <message>
        <source>A worker process was ended by the system, perhaps for lack of memory: the rows so far are not the whole answer.</source>
        <translation>Ein Arbeitsprozess wurde vom System beendet, vielleicht aus Mangel an Speicher: Die bisherigen Zeilen sind nicht die ganze Antwort.</translation>
    </message>
    <message>
        <source>A different URL was allowed.</source>
        <translation>Erlaubt wurde eine andere URL.</translation>
    </message>
    <message>
        <source>The URL has {0:,} characters, the limit is {1:,}.</source>
        <translation>Die URL hat {0:,} Zeichen, erlaubt sind {1:,}.</translation>
    </message>
    <message>
        <source>The URL must begin with https:// or http://.</source>
        <translation>Die URL muss mit https:// oder http:// beginnen.</translation>
    </message>
    <message>
        <source>The URL contains a user name or password, which would be stored in clear text.</source>
        <translation>Die URL enthält Benutzername oder Passwort, die im Klartext gespeichert würden.</translation>
    </message>
    <message>
        <source>The URL names no valid host: {0}.</source>
        <translation>Die URL nennt keinen gültigen Host: {0}.</translation>
    </message>
    <message>
        <source>This is not a URL.</source>
        <translation>Dies ist keine URL.</translation>
    </message>
    <message>
        <source>The certificate of {0} is not valid: {1}.</source>
        <translation>Das Zertifikat von {0} ist ungültig: {1}.</translation>
    </message>
    <message>
        <source>The answer has more than {0:,} bytes.</source>
        <translation>Die Antwort hat mehr als {0:,} Bytes.</translation>
    </message>
    <message>
        <source>{0} does not answer as HTTP does.</source>
        <translation>Die Antwort von {0} ist kein HTTP.</translation>
    </message>
    <message>
        <source>{0} closed the connection.</source>
        <translation>{0} hat die Verbindung geschlossen.</translation>
    </message>
    <message>
        <source>{0} answered {1}.</source>
        <translation>Antwort von {0}: {1}.</translation>
    </message>
    <message>
        <source>{0} redirects to another URL ({1}), which is not followed: enter that URL.</source>
        <translation>{0} leitet auf eine andere URL um ({1}). Umleitungen werden nicht befolgt, tragen Sie jene URL ein.</translation>
    </message>
    <message>
        <source>{0} accepted the test: {1}. {2}</source>
        <translation>{0} hat den Test angenommen: {1}. {2}</translation>
    </message>
    <message>
        <source>Too many alerts wait for {0}.</source>
        <translation>Zu viele Alarme warten auf {0}.</translation>
    </message>
    <message>
        <source>The event has {0:,} bytes, the limit is {1:,}.</source>
        <translation>Das Ereignis hat {0:,} Bytes, erlaubt sind {1:,}.</translation>
    </message>
    <message>
        <source>The alert of the profile {0} could not be posted.</source>
        <translation>Der Alarm des Profils {0} konnte nicht gesendet werden.</translation>
    </message>
    <message>
        <source>The alert of the profile {0} was not posted. See Edit profile, Webhook.</source>
        <translation>Der Alarm des Profils {0} wurde nicht gesendet. Siehe Profil bearbeiten, Webhook.</translation>
    </message>
    <message>
        <source>ev:{0}() needs a node of an event of the store.</source>
        <translation>ev:{0}() braucht einen Knoten eines aufgezeichneten Ereignisses.</translation>
    </message>
    <message>
        <source>ev:gaps() needs a store.</source>
        <translation>ev:gaps() braucht eine Aufzeichnung.</translation>
    </message>
    <message>
        <source>A function is not a value that can be shown.</source>
        <translation>Eine Funktion ist kein Wert, der angezeigt werden kann.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a URI.</source>
        <translation>„{0}“ ist keine URI.</translation>
    </message>
    <message>
        <source>The collation &apos;{0}&apos; is not known.</source>
        <translation>Die Collation „{0}“ ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Expected at most one item, but got {0}.</source>
        <translation>Erwartet wird höchstens ein Wert, gefunden wurden {0}.</translation>
    </message>
    <message>
        <source>Expected at least one item.</source>
        <translation>Erwartet wird mindestens ein Wert.</translation>
    </message>
    <message>
        <source>Expected exactly one item, but got {0}.</source>
        <translation>Erwartet wird genau ein Wert, gefunden: {0}.</translation>
    </message>
    <message>
        <source>Functions cannot be compared.</source>
        <translation>Funktionen können nicht verglichen werden.</translation>
    </message>
    <message>
        <source>The parameters must be a map or serialization-parameters.</source>
        <translation>Die Parameter müssen eine Map oder serialization-parameters sein.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; holds text.</source>
        <translation>„{0}“ enthält Text.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a parameter with such a value.</source>
        <translation>„{0}“ ist kein Parameter mit einem solchen Wert.</translation>
    </message>
    <message>
        <source>There is no method &apos;{0}&apos;.</source>
        <translation>Die Methode „{0}“ ist nicht bekannt.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; must be a map.</source>
        <translation>„{0}“ muss eine Map sein.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is given twice.</source>
        <translation>„{0}“ ist doppelt angegeben.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not an attribute of &apos;{1}&apos;.</source>
        <translation>„{0}“ ist kein Attribut von „{1}“.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a part of a character map.</source>
        <translation>„{0}“ gehört nicht in eine Zeichentabelle.</translation>
    </message>
    <message>
        <source>A character map goes from one character to a string.</source>
        <translation>Eine Zeichentabelle ordnet einem Zeichen einen Text zu.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is mapped twice.</source>
        <translation>„{0}“ ist doppelt zugeordnet.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; must be names, xs:QName.</source>
        <translation>„{0}“ muss aus Namen bestehen (xs:QName).</translation>
    </message>
    <message>
        <source>&apos;html-version&apos; must be an xs:decimal.</source>
        <translation>„html-version“ muss xs:decimal sein.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; has a wrong value: {1}</source>
        <translation>„{0}“ hat einen falschen Wert: {1}</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; must map strings to strings.</source>
        <translation>„{0}“ muss Texten Texte zuordnen.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a single character.</source>
        <translation>„{0}“ ist kein einzelnes Zeichen.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a parameter.</source>
        <translation>„{0}“ ist kein Parameter.</translation>
    </message>
    <message>
        <source>JSON has one value at its top.</source>
        <translation>JSON hat auf oberster Ebene genau einen Wert.</translation>
    </message>
    <message>
        <source>An attribute cannot be serialized by itself.</source>
        <translation>Ein Attribut kann nicht allein serialisiert werden.</translation>
    </message>
    <message>
        <source>A function cannot be serialized.</source>
        <translation>Eine Funktion kann nicht serialisiert werden.</translation>
    </message>
    <message>
        <source>JSON has no sequences.</source>
        <translation>JSON kennt keine Folgen.</translation>
    </message>
    <message>
        <source>JSON has no functions.</source>
        <translation>JSON kennt keine Funktionen.</translation>
    </message>
    <message>
        <source>JSON has neither NaN nor infinity.</source>
        <translation>JSON kennt weder NaN noch Unendlich.</translation>
    </message>
    <message>
        <source>A name appears twice.</source>
        <translation>Ein Name kommt doppelt vor.</translation>
    </message>
    <message>
        <source>The normalization form &apos;{0}&apos; is not known.</source>
        <translation>Die Normalisierungsform „{0}“ ist nicht bekannt.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not an absolute URI.</source>
        <translation>„{0}“ ist keine absolute URI.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a hierarchical URI.</source>
        <translation>„{0}“ ist keine hierarchische URI.</translation>
    </message>
    <message>
        <source>The base URI &apos;{0}&apos; is relative, and a query has no place of its own.</source>
        <translation>Die Basis-URI „{0}“ ist relativ, eine Abfrage hat jedoch keinen eigenen Ort.</translation>
    </message>
    <message>
        <source>{0} is not an XML character.</source>
        <translation>{0} ist kein XML-Zeichen.</translation>
    </message>
    <message>
        <source>There is no base URI.</source>
        <translation>Es gibt keine Basis-URI.</translation>
    </message>
    <message>
        <source>The date and the time have different timezones.</source>
        <translation>Datum und Uhrzeit haben verschiedene Zeitzonen.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a timezone.</source>
        <translation>„{0}“ ist keine Zeitzone.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a date in the format of the IETF.</source>
        <translation>„{0}“ ist kein Datum im Format der IETF.</translation>
    </message>
    <message>
        <source>This element does not stand for JSON.</source>
        <translation>Dieses Element stellt kein JSON dar.</translation>
    </message>
    <message>
        <source>A {0} holds no elements.</source>
        <translation>„{0}“ darf keine Elemente enthalten.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a JSON number.</source>
        <translation>„{0}“ ist keine JSON-Zahl.</translation>
    </message>
    <message>
        <source>The document must have one element.</source>
        <translation>Das Dokument muss genau ein Element haben.</translation>
    </message>
    <message>
        <source>The attribute {0} does not belong here.</source>
        <translation>Das Attribut {0} ist hier nicht zulässig.</translation>
    </message>
    <message>
        <source>The attribute {0} must be a boolean.</source>
        <translation>Das Attribut {0} muss ein Wahrheitswert sein.</translation>
    </message>
    <message>
        <source>A {0} holds no text.</source>
        <translation>„{0}“ darf keinen Text enthalten.</translation>
    </message>
    <message>
        <source>A member of a map needs a key.</source>
        <translation>Ein Eintrag einer Map benötigt einen Schlüssel.</translation>
    </message>
    <message>
        <source>null holds no text.</source>
        <translation>„null“ darf keinen Text enthalten.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a valid {1}.</source>
        <translation>„{0}“ ist kein gültiger Wert für {1}.</translation>
    </message>
    <message>
        <source>This escape is none of JSON&apos;s.</source>
        <translation>Diese Escape-Folge gibt es in JSON nicht.</translation>
    </message>
    <message>
        <source>The query takes too long and was stopped.</source>
        <translation>Die Abfrage dauert zu lange und wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The query builds a sequence of more than {0} items.</source>
        <translation>Die Abfrage erzeugt eine Folge von mehr als {0} Werten.</translation>
    </message>
    <message>
        <source>The query builds a string of more than {0} characters.</source>
        <translation>Die Abfrage erzeugt einen Text von mehr als {0} Zeichen.</translation>
    </message>
    <message>
        <source>The process that evaluates this query cannot be started, or was ended.</source>
        <translation>Der Prozess zur Auswertung dieser Abfrage kann nicht gestartet werden oder wurde beendet.</translation>
    </message>
    <message>
        <source>The query takes too long and is out of service until it is changed.</source>
        <translation>Die Abfrage dauert zu lange und bleibt außer Betrieb, bis sie geändert wird.</translation>
    </message>
    <message>
        <source>The query takes too much memory and is out of service until it is changed.</source>
        <translation>Die Abfrage benötigt zu viel Speicher und bleibt außer Betrieb, bis sie geändert wird.</translation>
    </message>
    <message>
        <source>The query takes too long for an event of this size.</source>
        <translation>Die Abfrage dauert bei einem Ereignis dieser Größe zu lange.</translation>
    </message>
    <message>
        <source>The query takes too much memory for an event of this size.</source>
        <translation>Die Abfrage benötigt bei einem Ereignis dieser Größe zu viel Speicher.</translation>
    </message>
    <message>
        <source>The event has more than {0:,} bytes, which is too large for a filter.</source>
        <translation>Das Ereignis hat mehr als {0:,} Bytes und ist damit zu groß für einen Filter.</translation>
    </message>
    <message>
        <source>The query is too large to compile.</source>
        <translation>Die Abfrage ist zu groß, um übersetzt zu werden.</translation>
    </message>
    <message>
        <source>The query needs more memory than a filter may have.</source>
        <translation>Die Abfrage benötigt mehr Speicher, als ein Filter haben darf.</translation>
    </message>
    <message>
        <source>an annotation</source>
        <translation>eine Annotation</translation>
    </message>
    <message>
        <source>There is no annotation %{0}.</source>
        <translation>Die Annotation %{0} ist nicht bekannt.</translation>
    </message>
    <message>
        <source>a string or a number</source>
        <translation>ein Text oder eine Zahl</translation>
    </message>
    <message>
        <source>a string constructor</source>
        <translation>ein Textkonstruktor</translation>
    </message>
    <message>
        <source>a namespace constructor</source>
        <translation>ein Namensraumkonstruktor</translation>
    </message>
    <message>
        <source>an expression for the name</source>
        <translation>ein Ausdruck für den Namen</translation>
    </message>
    <message>
        <source>an expression</source>
        <translation>ein Ausdruck</translation>
    </message>
    <message>
        <source>This name must not have a prefix.</source>
        <translation>Dieser Name darf kein Präfix haben.</translation>
    </message>
    <message>
        <source>This string constructor is never closed.</source>
        <translation>Dieser Textkonstruktor wird nicht geschlossen.</translation>
    </message>
    <message>
        <source>several types in one case</source>
        <translation>mehrere Typen in einem case</translation>
    </message>
    <message>
        <source>A comment must not contain &apos;--&apos; and ends with &apos;--&gt;&apos;.</source>
        <translation>Ein Kommentar darf kein „--“ enthalten und endet mit „--&gt;“.</translation>
    </message>
    <message>
        <source>This processing instruction is not well-formed.</source>
        <translation>Diese Verarbeitungsanweisung ist nicht wohlgeformt.</translation>
    </message>
    <message>
        <source>a name</source>
        <translation>ein Name</translation>
    </message>
    <message>
        <source>The end tag of &lt;{0}&gt; is missing here.</source>
        <translation>Hier fehlt das End-Tag von &lt;{0}&gt;.</translation>
    </message>
    <message>
        <source>This end tag is not closed.</source>
        <translation>Dieses End-Tag wird nicht geschlossen.</translation>
    </message>
    <message>
        <source>A namespace declaration must be a literal.</source>
        <translation>Eine Namensraumdeklaration muss ein fester Text sein.</translation>
    </message>
    <message>
        <source>The prefix &apos;{0}&apos; is declared twice.</source>
        <translation>Das Präfix „{0}“ ist doppelt deklariert.</translation>
    </message>
    <message>
        <source>The prefixes xml and xmlns cannot be declared.</source>
        <translation>Die Präfixe xml und xmlns können nicht deklariert werden.</translation>
    </message>
    <message>
        <source>A prefix cannot be undeclared here.</source>
        <translation>Die Deklaration eines Präfixes kann hier nicht aufgehoben werden.</translation>
    </message>
    <message>
        <source>a value in quotes</source>
        <translation>ein Wert in Anführungszeichen</translation>
    </message>
    <message>
        <source>A single &apos;}&apos; must be written as &apos;}}&apos; here.</source>
        <translation>Eine einzelne „}“ muss hier als „}}“ geschrieben werden.</translation>
    </message>
    <message>
        <source>This CDATA section is never closed.</source>
        <translation>Dieser CDATA-Abschnitt wird nicht geschlossen.</translation>
    </message>
    <message>
        <source>This attribute value is not closed.</source>
        <translation>Dieser Attributwert wird nicht geschlossen.</translation>
    </message>
    <message>
        <source>&apos;&amp;&apos; must start a reference like &amp;amp;.</source>
        <translation>„&amp;“ muss eine Referenz wie &amp;amp; einleiten.</translation>
    </message>
    <message>
        <source>This element has no end tag.</source>
        <translation>Dieses Element hat kein End-Tag.</translation>
    </message>
    <message>
        <source>&apos;&lt;&apos; must be written as &apos;&amp;lt;&apos; here.</source>
        <translation>„&lt;“ muss hier als „&amp;lt;“ geschrieben werden.</translation>
    </message>
    <message>
        <source>A window clause binds the same variable twice.</source>
        <translation>Eine window-Klausel bindet dieselbe Variable doppelt.</translation>
    </message>
    <message>
        <source>&apos;return&apos; or another clause</source>
        <translation>&apos;return&apos; oder eine weitere Klausel</translation>
    </message>
    <message>
        <source>a window clause</source>
        <translation>eine window-Klausel</translation>
    </message>
    <message>
        <source>the count clause</source>
        <translation>die count-Klausel</translation>
    </message>
    <message>
        <source>${0} is bound twice here.</source>
        <translation>${0} wird hier doppelt gebunden.</translation>
    </message>
    <message>
        <source>This string is never closed.</source>
        <translation>Dieser Text wird nicht geschlossen.</translation>
    </message>
    <message>
        <source>a string in quotes</source>
        <translation>ein Text in Anführungszeichen</translation>
    </message>
    <message>
        <source>A number must be separated from the name that follows it.</source>
        <translation>Zwischen einer Zahl und einem folgenden Namen muss ein Leerzeichen stehen.</translation>
    </message>
    <message>
        <source>&apos;&amp;&apos; must start a reference like &amp;amp; or &amp;#38;.</source>
        <translation>„&amp;“ muss eine Referenz wie &amp;amp; oder &amp;#38; einleiten.</translation>
    </message>
    <message>
        <source>The query holds a character that XML does not allow.</source>
        <translation>Die Abfrage enthält ein Zeichen, das in XML nicht zulässig ist.</translation>
    </message>
    <message>
        <source>This is a library module; a query must be a main module.</source>
        <translation>Dies ist ein Bibliotheksmodul. Eine Abfrage muss ein Hauptmodul sein.</translation>
    </message>
    <message>
        <source>the end of the query</source>
        <translation>das Ende der Abfrage</translation>
    </message>
    <message>
        <source>an encoding without a version</source>
        <translation>eine Kodierung ohne Version</translation>
    </message>
    <message>
        <source>This is not a name of an encoding.</source>
        <translation>Dies ist kein Name einer Kodierung.</translation>
    </message>
    <message>
        <source>XQuery version &apos;{0}&apos; is not known.</source>
        <translation>Die XQuery-Version „{0}“ ist nicht bekannt.</translation>
    </message>
    <message>
        <source>XQuery version {0}</source>
        <translation>XQuery-Version {0}</translation>
    </message>
    <message>
        <source>a name with its namespace in braces, Q{...}</source>
        <translation>ein Name mit Namensraum in geschweiften Klammern, Q{...}</translation>
    </message>
    <message>
        <source>This namespace must not be used in a name.</source>
        <translation>Dieser Namensraum darf nicht in einem Namen verwendet werden.</translation>
    </message>
    <message>
        <source>the operator =&gt;</source>
        <translation>der Operator =&gt;</translation>
    </message>
    <message>
        <source>Validation needs schemas, which are not offered.</source>
        <translation>Eine Validierung benötigt Schemas, die Abfragen nicht zur Verfügung stehen.</translation>
    </message>
    <message>
        <source>the operator ||</source>
        <translation>der Operator ||</translation>
    </message>
    <message>
        <source>A value can only be cast to an atomic type.</source>
        <translation>Ein Wert kann nur in einen atomaren Typ umgewandelt werden.</translation>
    </message>
    <message>
        <source>the operator !</source>
        <translation>der Operator !</translation>
    </message>
    <message>
        <source>No pragma here is known, and there is no expression.</source>
        <translation>Keines dieser Pragmas ist bekannt, und es gibt keinen Ausdruck.</translation>
    </message>
    <message>
        <source>the name of a pragma</source>
        <translation>der Name eines Pragmas</translation>
    </message>
    <message>
        <source>white space after the name of the pragma</source>
        <translation>ein Leerzeichen nach dem Namen des Pragmas</translation>
    </message>
    <message>
        <source>This pragma is never closed.</source>
        <translation>Dieses Pragma wird nicht geschlossen.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; cannot follow here without parentheses.</source>
        <translation>„{0}“ ist hier nur mit Klammern möglich.</translation>
    </message>
    <message>
        <source>There is no output option &apos;{0}&apos;.</source>
        <translation>Die Ausgabeoption „{0}“ ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Expected {0}, but found &apos;{1}&apos;.</source>
        <translation>Erwartet: {0}, gefunden: „{1}“.</translation>
    </message>
    <message>
        <source>Expected {0}, but the query ends here.</source>
        <translation>Erwartet: {0}, die Abfrage endet jedoch hier.</translation>
    </message>
    <message>
        <source>This comment is never closed.</source>
        <translation>Dieser Kommentar wird nicht geschlossen.</translation>
    </message>
    <message>
        <source>a step after //</source>
        <translation>ein Schritt nach //</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not an axis.</source>
        <translation>„{0}“ ist keine Achse.</translation>
    </message>
    <message>
        <source>Queries have no namespace axis.</source>
        <translation>Abfragen haben keine Namensraumachse.</translation>
    </message>
    <message>
        <source>a key: a name, a number, * or an expression in parentheses</source>
        <translation>ein Schlüssel (ein Name, eine Zahl, * oder ein Ausdruck in Klammern)</translation>
    </message>
    <message>
        <source>a reference to a function, name#arity</source>
        <translation>ein Verweis auf eine Funktion, name#arity</translation>
    </message>
    <message>
        <source>an inline function</source>
        <translation>eine Inline-Funktion</translation>
    </message>
    <message>
        <source>the lookup operator ?</source>
        <translation>der Zugriffsoperator ?</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; cannot be the name of a function.</source>
        <translation>„{0}“ kann kein Funktionsname sein.</translation>
    </message>
    <message>
        <source>the number of arguments</source>
        <translation>die Anzahl der Argumente</translation>
    </message>
    <message>
        <source>No function has so many arguments.</source>
        <translation>Keine Funktion hat so viele Argumente.</translation>
    </message>
    <message>
        <source>An inline function is neither public nor private.</source>
        <translation>Eine Inline-Funktion ist weder public noch private.</translation>
    </message>
    <message>
        <source>partial application of a function</source>
        <translation>die partielle Anwendung einer Funktion</translation>
    </message>
    <message>
        <source>The parameter ${0} appears twice.</source>
        <translation>Der Parameter ${0} kommt doppelt vor.</translation>
    </message>
    <message>
        <source>a call of a function value</source>
        <translation>der Aufruf eines Funktionswerts</translation>
    </message>
    <message>
        <source>Queries cannot import modules: there is nothing but the event.</source>
        <translation>Abfragen können keine Module importieren. Zugriff besteht nur auf das Ereignis.</translation>
    </message>
    <message>
        <source>decimal formats</source>
        <translation>Dezimalformate</translation>
    </message>
    <message>
        <source>the declaration of the context item</source>
        <translation>die Deklaration des Kontextelements</translation>
    </message>
    <message>
        <source>This must stand before the variables, functions and options.</source>
        <translation>Dies muss vor Variablen, Funktionen und Optionen stehen.</translation>
    </message>
    <message>
        <source>The namespace of a module must not be empty.</source>
        <translation>Der Namensraum eines Moduls darf nicht leer sein.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is declared twice.</source>
        <translation>„{0}“ ist doppelt deklariert.</translation>
    </message>
    <message>
        <source>The characters of a decimal format must differ.</source>
        <translation>Die Zeichen eines Dezimalformats müssen sich unterscheiden.</translation>
    </message>
    <message>
        <source>The context item is declared twice.</source>
        <translation>Das Kontextelement ist doppelt deklariert.</translation>
    </message>
    <message>
        <source>a default value of an external variable</source>
        <translation>ein Vorgabewert einer externen Variablen</translation>
    </message>
    <message>
        <source>The variable ${0} is declared twice.</source>
        <translation>Die Variable ${0} ist doppelt deklariert.</translation>
    </message>
    <message>
        <source>A function must be in a namespace.</source>
        <translation>Eine Funktion muss in einem Namensraum liegen.</translation>
    </message>
    <message>
        <source>This namespace is reserved: declare the function local:...</source>
        <translation>Dieser Namensraum ist reserviert. Die Funktion als local:... deklarieren.</translation>
    </message>
    <message>
        <source>The function {0}#{1} is declared twice.</source>
        <translation>Die Funktion {0}#{1} ist doppelt deklariert.</translation>
    </message>
    <message>
        <source>Queries cannot import schemas.</source>
        <translation>Abfragen können keine Schemas importieren.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is set twice.</source>
        <translation>„{0}“ ist doppelt gesetzt.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; must be one character.</source>
        <translation>„{0}“ muss ein einzelnes Zeichen sein.</translation>
    </message>
    <message>
        <source>&apos;zero-digit&apos; must be a digit zero.</source>
        <translation>„zero-digit“ muss eine Ziffer Null sein.</translation>
    </message>
    <message>
        <source>The option {0} is declared twice.</source>
        <translation>Die Option {0} ist doppelt deklariert.</translation>
    </message>
    <message>
        <source>A variable is public or private.</source>
        <translation>Eine Variable ist entweder public oder private.</translation>
    </message>
    <message>
        <source>a declaration</source>
        <translation>eine Deklaration</translation>
    </message>
    <message>
        <source>A function is public or private.</source>
        <translation>Eine Funktion ist entweder public oder private.</translation>
    </message>
    <message>
        <source>This namespace cannot be the default one.</source>
        <translation>Dieser Namensraum kann nicht als Vorgabe dienen.</translation>
    </message>
    <message>
        <source>&apos;{0}(&apos; is not a type.</source>
        <translation>„{0}(“ ist kein Typ.</translation>
    </message>
    <message>
        <source>a type in parentheses</source>
        <translation>ein Typ in Klammern</translation>
    </message>
    <message>
        <source>the type {0}()</source>
        <translation>der Typ {0}()</translation>
    </message>
    <message>
        <source>{0}() needs schemas, which queries cannot use.</source>
        <translation>{0}() benötigt Schemas, die Abfragen nicht verwenden können.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a name of a processing instruction.</source>
        <translation>„{0}“ ist kein Name einer Verarbeitungsanweisung.</translation>
    </message>
    <message>
        <source>The query has more than {0:,} characters.</source>
        <translation>Die Abfrage hat mehr als {0:,} Zeichen.</translation>
    </message>
    <message>
        <source>The query has more than {0:,} lines.</source>
        <translation>Die Abfrage hat mehr als {0:,} Zeilen.</translation>
    </message>
    <message>
        <source>The query is nested too deeply.</source>
        <translation>Die Abfrage ist zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>The type is nested too deeply.</source>
        <translation>Der Typ ist zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>Every if has its else: else false().</source>
        <translation>Zu jedem if gehört ein else: else false().</translation>
    </message>
    <message>
        <source>Write &amp;amp; for the character itself.</source>
        <translation>Für das Zeichen selbst &amp;amp; schreiben.</translation>
    </message>
    <message>
        <source>Write the same quote again where it ends.</source>
        <translation>Am Ende dasselbe Anführungszeichen schreiben.</translation>
    </message>
    <message>
        <source>Write :) where it ends.</source>
        <translation>Am Ende :) schreiben.</translation>
    </message>
    <message>
        <source>Write and or or between two conditions.</source>
        <translation>Zwischen zwei Bedingungen and oder or schreiben.</translation>
    </message>
    <message>
        <source>Write one = to compare.</source>
        <translation>Zum Vergleichen ein = schreiben.</translation>
    </message>
    <message>
        <source>Write != for values that differ.</source>
        <translation>Für ungleiche Werte != schreiben.</translation>
    </message>
    <message>
        <source>Write and between two conditions.</source>
        <translation>Zwischen zwei Bedingungen and schreiben.</translation>
    </message>
    <message>
        <source>Words of the language are written small: and, or, not.</source>
        <translation>Schlüsselwörter werden kleingeschrieben: and, or, not.</translation>
    </message>
    <message>
        <source>Write not(...), with parentheses.</source>
        <translation>not(...) mit Klammern schreiben.</translation>
    </message>
    <message>
        <source>Write not(...) for the opposite.</source>
        <translation>Für das Gegenteil not(...) schreiben.</translation>
    </message>
    <message>
        <source>Write contains(a, &apos;b&apos;), starts-with(a, &apos;b&apos;) or matches(a, &apos;pattern&apos;).</source>
        <translation>contains(a, &apos;b&apos;), starts-with(a, &apos;b&apos;) oder matches(a, &apos;Muster&apos;) schreiben.</translation>
    </message>
    <message>
        <source>Write = for one of several values: a = (&apos;b&apos;, &apos;c&apos;).</source>
        <translation>Für einen von mehreren Werten = schreiben: a = (&apos;b&apos;, &apos;c&apos;).</translation>
    </message>
    <message>
        <source>Write two conditions: a &gt;= 1 and a &lt;= 9.</source>
        <translation>Zwei Bedingungen schreiben: a &gt;= 1 and a &lt;= 9.</translation>
    </message>
    <message>
        <source>A variable begins with a $.</source>
        <translation>Eine Variable beginnt mit $.</translation>
    </message>
    <message>
        <source>Texts stand in straight quotes: &apos;a&apos; or &quot;a&quot;.</source>
        <translation>Texte stehen in geraden Anführungszeichen: &apos;a&apos; oder &quot;a&quot;.</translation>
    </message>
    <message>
        <source>A text has the same quote at both ends.</source>
        <translation>Ein Text hat an beiden Enden dasselbe Anführungszeichen.</translation>
    </message>
    <message>
        <source>Write / between the steps of a path.</source>
        <translation>Zwischen den Schritten eines Pfads / schreiben.</translation>
    </message>
    <message>
        <source>A comment is written (: like this :).</source>
        <translation>Ein Kommentar wird (: so :) geschrieben.</translation>
    </message>
    <message>
        <source>It closes nothing that was opened.</source>
        <translation>Dazu gibt es keine öffnende Klammer.</translation>
    </message>
    <message>
        <source>Only a declaration ends with a semicolon.</source>
        <translation>Nur eine Deklaration endet mit einem Semikolon.</translation>
    </message>
    <message>
        <source>The queries in use have more than {0:,} characters together, so this one is left out. Shorten or delete some, or move this one up.</source>
        <translation>Die verwendeten Abfragen haben zusammen mehr als {0:,} Zeichen, daher wird diese ausgelassen. Kürzen oder löschen Sie einige, oder verschieben Sie diese nach oben.</translation>
    </message>
    <message>
        <source>The broker knows XQuery 1.0 only, which does not have {0}</source>
        <translation>Der Broker kennt nur XQuery 1.0. Dort fehlt: {0}</translation>
    </message>
    <message>
        <source>references to variables that are declared later, as ${0}</source>
        <translation>der Verweis auf eine später deklarierte Variable wie ${0}</translation>
    </message>
    <message>
        <source>the function {0}()</source>
        <translation>die Funktion {0}()</translation>
    </message>
    <message>
        <source>The variable ${0} is not declared.</source>
        <translation>Die Variable ${0} ist nicht deklariert.</translation>
    </message>
    <message>
        <source>There is no function {0} with {1}.</source>
        <translation>Unbekannte Funktion: {0} ({1}).</translation>
    </message>
    <message>
        <source>1 argument</source>
        <translation>1 Argument</translation>
    </message>
    <message>
        <source>{0} arguments</source>
        <translation>{0} Argumente</translation>
    </message>
    <message>
        <source>It takes {0}.</source>
        <translation>Möglich: {0}.</translation>
    </message>
    <message>
        <source>Did you mean {0}()?</source>
        <translation>Meinten Sie {0}()?</translation>
    </message>
    <message>
        <source>{0} or more arguments</source>
        <translation>mindestens {0} Argumente</translation>
    </message>
    <message>
        <source>{0} to {1} arguments</source>
        <translation>{0} bis {1} Argumente</translation>
    </message>
    <message>
        <source>Expected a function, but got {0}.</source>
        <translation>Erwartet wird eine Funktion, gefunden: {0}.</translation>
    </message>
    <message>
        <source>The query&apos;s functions call each other too deeply.</source>
        <translation>Die Funktionen der Abfrage rufen sich gegenseitig zu tief auf.</translation>
    </message>
    <message>
        <source>A key</source>
        <translation>Ein Schlüssel</translation>
    </message>
    <message>
        <source>A key must be one value.</source>
        <translation>Ein Schlüssel muss genau ein Wert sein.</translation>
    </message>
    <message>
        <source>The key &apos;{0}&apos; appears twice.</source>
        <translation>Der Schlüssel „{0}“ kommt doppelt vor.</translation>
    </message>
    <message>
        <source>Only maps and arrays can be looked up with &apos;?&apos;.</source>
        <translation>Der Zugriff mit „?“ ist nur bei Maps und Arrays möglich.</translation>
    </message>
    <message>
        <source>Expected one node, but got {0}.</source>
        <translation>Erwartet wird ein Knoten, gefunden: {0}.</translation>
    </message>
    <message>
        <source>Each operand</source>
        <translation>Jeder Operand</translation>
    </message>
    <message>
        <source>The name of a node</source>
        <translation>Der Name eines Knotens</translation>
    </message>
    <message>
        <source>An element cannot have the name {0}.</source>
        <translation>Ein Element kann nicht {0} heißen.</translation>
    </message>
    <message>
        <source>An attribute cannot have the name {0}.</source>
        <translation>Ein Attribut kann nicht {0} heißen.</translation>
    </message>
    <message>
        <source>A comment must not contain &apos;--&apos; or end with &apos;-&apos;.</source>
        <translation>Ein Kommentar darf nicht „--“ enthalten oder mit „-“ enden.</translation>
    </message>
    <message>
        <source>A processing instruction cannot be named xml.</source>
        <translation>Eine Verarbeitungsanweisung kann nicht xml heißen.</translation>
    </message>
    <message>
        <source>A processing instruction must not contain &apos;?&gt;&apos;.</source>
        <translation>Eine Verarbeitungsanweisung darf nicht „?&gt;“ enthalten.</translation>
    </message>
    <message>
        <source>The prefix &apos;{0}&apos; cannot be bound to &apos;{1}&apos;.</source>
        <translation>Das Präfix „{0}“ kann nicht an „{1}“ gebunden werden.</translation>
    </message>
    <message>
        <source>A document cannot have attributes.</source>
        <translation>Ein Dokument kann keine Attribute haben.</translation>
    </message>
    <message>
        <source>Attributes must come before other content.</source>
        <translation>Attribute müssen vor anderem Inhalt stehen.</translation>
    </message>
    <message>
        <source>The attribute {0} appears twice.</source>
        <translation>Das Attribut {0} kommt doppelt vor.</translation>
    </message>
    <message>
        <source>A document cannot have namespaces.</source>
        <translation>Ein Dokument kann keine Namensräume haben.</translation>
    </message>
    <message>
        <source>Namespaces must come before other content.</source>
        <translation>Namensräume müssen vor anderem Inhalt stehen.</translation>
    </message>
    <message>
        <source>The prefix &apos;{0}&apos; is bound twice.</source>
        <translation>Das Präfix „{0}“ ist doppelt gebunden.</translation>
    </message>
    <message>
        <source>The name of a node must be an xs:QName or a string.</source>
        <translation>Der Name eines Knotens muss xs:QName oder ein Text sein.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a name that is known here.</source>
        <translation>„{0}“ ist kein hier bekannter Name.</translation>
    </message>
    <message>
        <source>An element without a namespace cannot have one.</source>
        <translation>Ein Element ohne Namensraum kann keinen Vorgabe-Namensraum haben.</translation>
    </message>
    <message>
        <source>The name must be a string.</source>
        <translation>Der Name muss ein Text sein.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a name.</source>
        <translation>„{0}“ ist kein Name.</translation>
    </message>
    <message>
        <source>A function cannot be the content of a node.</source>
        <translation>Eine Funktion kann nicht Inhalt eines Knotens sein.</translation>
    </message>
    <message>
        <source>The query constructs too many nodes.</source>
        <translation>Die Abfrage erzeugt zu viele Knoten.</translation>
    </message>
    <message>
        <source>What a switch compares</source>
        <translation>Der Vergleichswert von switch</translation>
    </message>
    <message>
        <source>Expected {0}, but got {1}.</source>
        <translation>Erwartet: {0}, gefunden: {1}.</translation>
    </message>
    <message>
        <source>There is no external function {0}.</source>
        <translation>Die externe Funktion {0} ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The operand</source>
        <translation>Der Operand</translation>
    </message>
    <message>
        <source>There is no sign for xs:{0}.</source>
        <translation>xs:{0} kann kein Vorzeichen haben.</translation>
    </message>
    <message>
        <source>This range is too long.</source>
        <translation>Dieser Bereich ist zu lang.</translation>
    </message>
    <message>
        <source>{0} works on nodes only.</source>
        <translation>{0} ist nur für Knoten möglich.</translation>
    </message>
    <message>
        <source>The left side of &apos;/&apos; must be nodes.</source>
        <translation>Links von „/“ müssen Knoten stehen.</translation>
    </message>
    <message>
        <source>A path step needs a node as its context.</source>
        <translation>Ein Pfadschritt benötigt einen Knoten als Kontext.</translation>
    </message>
    <message>
        <source>&apos;/&apos; needs a node as its context.</source>
        <translation>„/“ benötigt einen Knoten als Kontext.</translation>
    </message>
    <message>
        <source>&apos;/&apos; needs a tree whose root is a document node.</source>
        <translation>„/“ benötigt einen Baum mit einem Dokumentknoten als Wurzel.</translation>
    </message>
    <message>
        <source>A path yields nodes or values, not both.</source>
        <translation>Ein Pfad liefert Knoten oder Werte, nicht beides.</translation>
    </message>
    <message>
        <source>The type {0} is not known.</source>
        <translation>Der Typ {0} ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Nothing can be cast to {0}.</source>
        <translation>Eine Umwandlung in {0} ist nicht möglich.</translation>
    </message>
    <message>
        <source>A key of order by</source>
        <translation>Ein Schlüssel von order by</translation>
    </message>
    <message>
        <source>A key of group by</source>
        <translation>Ein Schlüssel von group by</translation>
    </message>
    <message>
        <source>These values cannot be put in order with each other.</source>
        <translation>Diese Werte können nicht miteinander sortiert werden.</translation>
    </message>
    <message>
        <source>${0} is not bound in this expression.</source>
        <translation>${0} ist in diesem Ausdruck nicht gebunden.</translation>
    </message>
    <message>
        <source>What is cast</source>
        <translation>Der umzuwandelnde Wert</translation>
    </message>
    <message>
        <source>Nothing can be cast to xs:error.</source>
        <translation>Eine Umwandlung in xs:error ist nicht möglich.</translation>
    </message>
    <message>
        <source>Nothing cannot be cast to xs:{0}.</source>
        <translation>Eine leere Folge kann nicht in xs:{0} umgewandelt werden.</translation>
    </message>
    <message>
        <source>This is not a valid xs:{0}.</source>
        <translation>Dies ist kein gültiger Wert für xs:{0}.</translation>
    </message>
    <message>
        <source>Expected {0}.</source>
        <translation>Erwartet: {0}.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a valid xs:{1}.</source>
        <translation>„{0}“ ist kein gültiger Wert für xs:{1}.</translation>
    </message>
    <message>
        <source>Nothing can be cast to xs:NOTATION.</source>
        <translation>Eine Umwandlung in xs:NOTATION ist nicht möglich.</translation>
    </message>
    <message>
        <source>xs:{0} cannot be cast to xs:{1}.</source>
        <translation>xs:{0} kann nicht in xs:{1} umgewandelt werden.</translation>
    </message>
    <message>
        <source>This number has too many digits.</source>
        <translation>Diese Zahl hat zu viele Ziffern.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a valid xs:QName.</source>
        <translation>„{0}“ ist kein gültiger Wert für xs:QName.</translation>
    </message>
    <message>
        <source>The prefix &apos;{0}&apos; is not declared.</source>
        <translation>Das Präfix „{0}“ ist nicht deklariert.</translation>
    </message>
    <message>
        <source>{0} is not a valid xs:{1}.</source>
        <translation>{0} ist kein gültiger Wert für xs:{1}.</translation>
    </message>
    <message>
        <source>It is written like {0}.</source>
        <translation>Schreibweise: {0}.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; has no timezone.</source>
        <translation>„{0}“ hat keine Zeitzone.</translation>
    </message>
    <message>
        <source>The year of &apos;{0}&apos; is too large.</source>
        <translation>Das Jahr von „{0}“ ist zu groß.</translation>
    </message>
    <message>
        <source>The year is too large.</source>
        <translation>Das Jahr ist zu groß.</translation>
    </message>
    <message>
        <source>The duration &apos;{0}&apos; is too large.</source>
        <translation>Die Dauer „{0}“ ist zu groß.</translation>
    </message>
    <message>
        <source>There is no member {0}; the array has {1}.</source>
        <translation>Es gibt keinen Eintrag {0}, das Array hat {1}.</translation>
    </message>
    <message>
        <source>xs:{0} and xs:{1} cannot be compared by {2}.</source>
        <translation>xs:{0} und xs:{1} können nicht mit {2} verglichen werden.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a number to calculate with.</source>
        <translation>„{0}“ ist keine Zahl, mit der gerechnet werden kann.</translation>
    </message>
    <message>
        <source>There is no {0} for xs:{1} and xs:{2}.</source>
        <translation>{0} ist für xs:{1} und xs:{2} nicht möglich.</translation>
    </message>
    <message>
        <source>Division by zero.</source>
        <translation>Division durch null.</translation>
    </message>
    <message>
        <source>A duration cannot be multiplied or divided by NaN.</source>
        <translation>Eine Dauer kann nicht mit NaN multipliziert oder durch NaN geteilt werden.</translation>
    </message>
    <message>
        <source>A duration cannot be divided by zero.</source>
        <translation>Eine Dauer kann nicht durch null geteilt werden.</translation>
    </message>
    <message>
        <source>The duration is too large.</source>
        <translation>Die Dauer ist zu groß.</translation>
    </message>
    <message>
        <source>This number is too large.</source>
        <translation>Diese Zahl ist zu groß.</translation>
    </message>
    <message>
        <source>The result is not an integer.</source>
        <translation>Das Ergebnis ist keine ganze Zahl.</translation>
    </message>
    <message>
        <source>A duration cannot be multiplied by infinity.</source>
        <translation>Eine Dauer kann nicht mit Unendlich multipliziert werden.</translation>
    </message>
    <message>
        <source>Division by a duration of zero.</source>
        <translation>Division durch eine Dauer von null.</translation>
    </message>
    <message>
        <source>The event is not well-formed: {0}</source>
        <translation>Das Ereignis ist nicht wohlgeformt: {0}</translation>
    </message>
    <message>
        <source>The event needs more memory than a filter may have.</source>
        <translation>Das Ereignis benötigt mehr Speicher, als ein Filter haben darf.</translation>
    </message>
    <message>
        <source>The event has no tree.</source>
        <translation>Das Ereignis hat keinen Baum.</translation>
    </message>
    <message>
        <source>The event has a DOCTYPE, which is refused.</source>
        <translation>Das Ereignis hat ein DOCTYPE, was abgelehnt wird.</translation>
    </message>
    <message>
        <source>The broker tests the properties only; the rest is evaluated locally.</source>
        <translation>Der Broker prüft nur die Eigenschaften; der Rest wird lokal ausgewertet.</translation>
    </message>
    <message>
        <source>The store&apos;s own counts answer it: no event is read.</source>
        <translation>Die Zähler der Aufzeichnung beantworten sie: Kein Ereignis wird gelesen.</translation>
    </message>
    <message>
        <source>One worker process reads all events one after the other, in their order.</source>
        <translation>Ein Arbeitsprozess liest alle Ereignisse nacheinander in ihrer Reihenfolge.</translation>
    </message>
    <message>
        <source>{0} worker processes evaluate the query on parts of the store.</source>
        <translation>{0} Arbeitsprozesse werten die Abfrage auf Teilen der Aufzeichnung aus.</translation>
    </message>
    <message>
        <source>{0} worker processes aggregate parts of the store; one joins what they found.</source>
        <translation>{0} Arbeitsprozesse fassen Teile der Aufzeichnung zusammen; einer verbindet ihre Ergebnisse.</translation>
    </message>
    <message>
        <source>All events are read.</source>
        <translation>Alle Ereignisse werden gelesen.</translation>
    </message>
    <message>
        <source>Only events of these types are read: {0}. &apos;&apos; stands for what is not an event.</source>
        <translation>Nur Ereignisse dieser Typen werden gelesen: {0}. &apos;&apos; steht für das, was kein Ereignis ist.</translation>
    </message>
    <message>
        <source>(takes too long)</source>
        <translation>(dauert zu lange)</translation>
    </message>
    <message>
        <source>(needs too much memory)</source>
        <translation>(braucht zu viel Speicher)</translation>
    </message>
    <message>
        <source>it is unknown; check the spelling</source>
        <translation>er ist unbekannt; bitte die Schreibweise prüfen</translation>
    </message>
    <message>
        <source>Only events of these types are read: {0}.</source>
        <translation>Nur Ereignisse dieser Typen werden gelesen: {0}.</translation>
    </message>
    <message>
        <source>One worker process evaluates the query on the parts of the store, one after the other.</source>
        <translation>Ein Arbeitsprozess wertet die Abfrage auf den Teilen der Aufzeichnung aus, einen nach dem anderen.</translation>
    </message>
    <message>
        <source>Wrong number of arguments: {0} given, {1} expected.</source>
        <translation>Falsche Zahl von Argumenten: {0} statt {1}.</translation>
    </message>
    <message>
        <source>Expected a function with another number of arguments: {0}, and not {1}.</source>
        <translation>Erwartet wird eine Funktion mit einer anderen Zahl von Argumenten: {0} statt {1}.</translation>
    </message>
    <message>
        <source>{0} is already an event type.</source>
        <translation>{0} ist bereits ein Ereignistyp.</translation>
    </message>
    <message>
        <source>{0}: not the name of an XML element. Use letters, digits, - and _; begin with a letter.</source>
        <translation>{0}: kein Name eines XML-Elements. Erlaubt sind Buchstaben, Ziffern, - und _, am Anfang ein Buchstabe.</translation>
    </message>
    <message>
        <source>Dropped by the own queue</source>
        <translation>Von der eigenen Warteschlange verworfen</translation>
    </message>
    <message>
        <source>at least {0:,}</source>
        <translation>mindestens {0:,}</translation>
    </message>
    <message>
        <source>not counted, and noticed only while it is full: {0}</source>
        <translation>nicht gezählt, und nur bemerkt, solange sie voll ist: {0}</translation>
    </message>
    <message>
        <source>The broker dropped the oldest events of the own queue, at least {0:,}: it was full.</source>
        <translation>Der Broker hat die ältesten Ereignisse der eigenen Warteschlange verworfen, mindestens {0:,}: Sie war voll.</translation>
    </message>
    <message>
        <source>not noticed, because the broker is not asked: {0}</source>
        <translation>nicht bemerkt, weil der Broker nicht gefragt wird: {0}</translation>
    </message>
    <message>
        <source>a read-only connection sends nothing</source>
        <translation>eine Verbindung nur mit Lesezugriff sendet nichts</translation>
    </message>
    <message>
        <source>From entry {0:,} on, the archive&apos;s index of fields names the events that can match: {1:,}. Only they are read, and the query is evaluated on them.</source>
        <translation>Ab Eintrag {0:,} nennt der Feldindex des Archivs die Ereignisse, die passen können: {1:,}. Nur sie werden gelesen, und auf ihnen wird die Abfrage ausgewertet.</translation>
    </message>
    <message>
        <source>{0} The archive&apos;s database selects by time, type ({1}) and declared field ({2}); the rest is evaluated here.</source>
        <translation>{0} Die Datenbank des Archivs wählt nach Zeit, Typ ({1}) und angemeldetem Feld ({2}) aus; der Rest wird lokal ausgewertet.</translation>
    </message>
    <message>
        <source>No deleted question to restore.</source>
        <translation>Keine gelöschte Frage zum Wiederherstellen vorhanden.</translation>
    </message>
    <message>
        <source>There are already {0:,} questions.</source>
        <translation>Es gibt bereits {0:,} Fragen.</translation>
    </message>
    <message>
        <source>{0} is not a text in UTF-8.</source>
        <translation>{0} ist kein Text in UTF-8.</translation>
    </message>
    <message>
        <source>The question cannot be deleted: {0}.</source>
        <translation>Die Frage kann nicht gelöscht werden: {0}.</translation>
    </message>
    <message>
        <source>An internal error ended the question: the rows so far are not the whole answer.</source>
        <translation>Ein interner Fehler hat die Frage beendet: Die bisherigen Zeilen sind nicht die ganze Antwort.</translation>
    </message>
</context>
<context>
    <name>MomentDialog</name>
    <message>
        <source>Resulting time</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Not a valid time yet.</source>
        <translation>Noch kein gültiger Zeitpunkt.</translation>
    </message>
    <message>
        <source>&amp;Time</source>
        <translation>&amp;Zeit</translation>
    </message>
    <message>
        <source>For example 14:02, 14:02:10, yesterday 9:00, 24.11. 14:02, 2026-11-24 14:02, now, or -5m and +1h from the selected event.</source>
        <translation>Zum Beispiel 14:02, 14:02:10, gestern 9:00, 24.11. 14:02, 2026-11-24 14:02, jetzt oder relativ zum ausgewählten Ereignis -5m und +1h.</translation>
    </message>
</context>
<context>
    <name>MomentEditor</name>
    <message>
        <source>Pick a date and time (%1)</source>
        <translation>Datum und Zeit wählen (%1)</translation>
    </message>
    <message>
        <source>Pick a date and time</source>
        <translation>Datum und Zeit wählen</translation>
    </message>
</context>
<context>
    <name>MomentPanel</name>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>no zone</source>
        <translation>keine Zone</translation>
    </message>
    <message>
        <source>UTC (Z)</source>
        <translation>UTC (Z)</translation>
    </message>
    <message>
        <source>&amp;Time</source>
        <translation>&amp;Zeit</translation>
    </message>
    <message>
        <source>&amp;Zone</source>
        <translation>Z&amp;one</translation>
    </message>
    <message>
        <source>&amp;Now</source>
        <translation>&amp;Jetzt</translation>
    </message>
    <message>
        <source>T&amp;oday</source>
        <translation>&amp;Heute</translation>
    </message>
</context>
<context>
    <name>NewestChip</name>
    <message numerus="yes">
        <source>Without %Ln older entries</source>
        <translation>
            <numerusform>Ohne %Ln älteren Eintrag</numerusform>
            <numerusform>Ohne %Ln ältere Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>A span of time on the timeline shows entries of any age.</source>
        <translation>Eine Zeitspanne auf der Zeitleiste zeigt Einträge jeden Alters.</translation>
    </message>
    <message>
        <source>Show all entries of the archive; that may take minutes</source>
        <translation>Alle Einträge des Archivs anzeigen; das kann Minuten dauern</translation>
    </message>
    <message>
        <source>Entries %1 to %2 of the archive</source>
        <translation>Einträge %1 bis %2 des Archivs</translation>
    </message>
    <message>
        <source>Going to an entry or a time shows the part of the archive that it is in.</source>
        <translation>Wer zu einem Eintrag oder Zeitpunkt springt, sieht den Teil des Archivs, in dem er liegt.</translation>
    </message>
    <message>
        <source>Show the newest entries again</source>
        <translation>Wieder die neuesten Einträge anzeigen</translation>
    </message>
</context>
<context>
    <name>NotesActions</name>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>The event is hidden by the filter</source>
        <translation>Das Ereignis ist durch den Filter ausgeblendet</translation>
    </message>
    <message>
        <source>Only: %1</source>
        <translation>Nur: %1</translation>
    </message>
    <message>
        <source>Show all events again</source>
        <translation>Wieder alle Ereignisse anzeigen</translation>
    </message>
</context>
<context>
    <name>NotesPane</name>
    <message>
        <source>Show only these</source>
        <translation>Nur diese anzeigen</translation>
    </message>
    <message>
        <source>Marks and comments</source>
        <translation>Markierungen und Kommentare</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>Markierungen</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Kommentare</translation>
    </message>
    <message>
        <source>Notes to list</source>
        <translation>Aufgelistete Notizen</translation>
    </message>
    <message>
        <source>Limit the table to the events listed here</source>
        <translation>Tabelle auf die hier aufgelisteten Ereignisse beschränken</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Marked and commented events</source>
        <translation>Markierte und kommentierte Ereignisse</translation>
    </message>
    <message>
        <source>No notes. %1 marks and %2 comments the selected event.</source>
        <translation>Keine Notizen. Mit %1 wird das ausgewählte Ereignis markiert, mit %2 kommentiert.</translation>
    </message>
    <message>
        <source>The newest %1 of %2</source>
        <translation>Die neuesten %1 von %2</translation>
    </message>
    <message>
        <source>marked</source>
        <translation>markiert</translation>
    </message>
</context>
<context>
    <name>NoticeListeners</name>
    <message>
        <source>The query of profile %1 raises errors for some events.</source>
        <translation>Die Abfrage des Profils %1 löst bei manchen Ereignissen Fehler aus.</translation>
    </message>
</context>
<context>
    <name>NotificationsPage</name>
    <message>
        <source>Alerts of profiles</source>
        <translation>Alarme der Profile</translation>
    </message>
    <message>
        <source>Show &amp;desktop notifications</source>
        <translation>&amp;Desktop-Benachrichtigungen anzeigen</translation>
    </message>
    <message>
        <source>Play &amp;sounds</source>
        <translation>&amp;Töne abspielen</translation>
    </message>
    <message>
        <source>Each profile says which of these it uses: Edit profile, Alert.</source>
        <translation>Welche davon ein Profil verwendet, steht unter „Profil bearbeiten“, „Alarm“.</translation>
    </message>
    <message>
        <source>Lost connections</source>
        <translation>Verbindungsverlust</translation>
    </message>
    <message>
        <source>Show a desktop notification when a connection is &amp;lost</source>
        <translation>Desktop-Benachrichtigung bei &amp;Verbindungsverlust</translation>
    </message>
    <message>
        <source>Alerts and lost connections</source>
        <translation>Alarme und Verbindungsverlust</translation>
    </message>
    <message>
        <source>&amp;Mark the window in the taskbar</source>
        <translation>Fenster in der Taskleiste &amp;hervorheben</translation>
    </message>
</context>
<context>
    <name>OpenActions</name>
    <message>
        <source>New capture</source>
        <translation>Neue Aufzeichnung</translation>
    </message>
    <message>
        <source>Open capture</source>
        <translation>Aufzeichnung öffnen</translation>
    </message>
    <message>
        <source>Open capture read-only</source>
        <translation>Aufzeichnung schreibgeschützt öffnen</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>%1 wird geöffnet</translation>
    </message>
    <message>
        <source>Opening archive %1</source>
        <translation>Archiv %1 wird geöffnet</translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>No schema defines an event type</source>
        <translation>Kein Schema definiert einen Ereignistyp</translation>
    </message>
</context>
<context>
    <name>OutageBanner</name>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more: %1</source>
        <translation>
            <numerusform>und %Ln weitere: %1</numerusform>
            <numerusform>und %Ln weitere: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Outages</name>
    <message>
        <source>%1 (production)</source>
        <translation>%1 (Produktivsystem)</translation>
    </message>
    <message>
        <source>not connected, trying since %1</source>
        <translation>nicht verbunden, Versuche seit %1</translation>
    </message>
    <message>
        <source>no connection since %1</source>
        <translation>keine Verbindung seit %1</translation>
    </message>
    <message>
        <source>connecting…</source>
        <translation>Verbindungsaufbau&#xa0;…</translation>
    </message>
    <message>
        <source>no automatic retry</source>
        <translation>kein automatischer Versuch</translation>
    </message>
    <message>
        <source>next try in %1 s</source>
        <translation>nächster Versuch in %1 s</translation>
    </message>
    <message>
        <source>No connection: %1</source>
        <translation>Keine Verbindung: %1</translation>
    </message>
    <message>
        <source>Archive %1</source>
        <translation>Archiv %1</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>refused as invalid</source>
        <translation>als ungültig abgelehnt</translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>rejected by the broker</source>
        <translation>vom Broker abgelehnt</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>Zeitüberschreitung</translation>
    </message>
    <message>
        <source>Sent at {0}</source>
        <translation>Gesendet um {0}</translation>
    </message>
    <message>
        <source>{0}, accepted, received after {1} ms</source>
        <translation>{0}, angenommen, nach {1}&#xa0;ms empfangen</translation>
    </message>
    <message>
        <source>{0}, accepted by the broker, not received here</source>
        <translation>{0}, vom Broker angenommen, hier nicht empfangen</translation>
    </message>
    <message>
        <source>{0}, accepted, waiting for the event…</source>
        <translation>{0}, angenommen, Warten auf Empfang&#xa0;…</translation>
    </message>
    <message>
        <source>not routed</source>
        <translation>nicht zugestellt, keine Warteschlange gebunden</translation>
    </message>
</context>
<context>
    <name>OutcomeLine</name>
    <message>
        <source>Show in table</source>
        <translation>In der Tabelle anzeigen</translation>
    </message>
    <message>
        <source>Sending to {0}…</source>
        <translation>Senden an {0}&#xa0;…</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>Show {0} more</source>
        <translation>{0} weitere anzeigen</translation>
    </message>
</context>
<context>
    <name>ParameterForm</name>
    <message>
        <source>&amp;to</source>
        <translation>b&amp;is</translation>
    </message>
    <message>
        <source>first entry</source>
        <translation>erster Eintrag</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>last entry</source>
        <translation>letzter Eintrag</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>A time such as 8:00, yesterday 14:30 or 2026-03-02 8:00</source>
        <translation>Ein Zeitpunkt wie 8:00, gestern 14:30 oder 2.3.2026 8:00</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>&amp;Von</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>erforderlich</translation>
    </message>
    <message>
        <source>default</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>not a time yet</source>
        <translation>noch kein gültiger Zeitpunkt</translation>
    </message>
</context>
<context>
    <name>PasswordPrompt</name>
    <message>
        <source>&amp;Password of {0} on {1}:</source>
        <translation>&amp;Passwort von {0} auf {1}:</translation>
    </message>
    <message>
        <source>&amp;Password for {0}:</source>
        <translation>&amp;Passwort für {0}:</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>&amp;Save it in the system keyring</source>
        <translation>Im &amp;Schlüsselbund des Systems speichern</translation>
    </message>
</context>
<context>
    <name>PlaceholderMenu</name>
    <message>
        <source>a new identifier</source>
        <translation>eine neue UUID</translation>
    </message>
    <message>
        <source>date and time of sending</source>
        <translation>Datum und Zeit des Sendens</translation>
    </message>
    <message>
        <source>five minutes later</source>
        <translation>fünf Minuten später</translation>
    </message>
    <message>
        <source>seconds since 1970</source>
        <translation>Sekunden seit 1970</translation>
    </message>
    <message>
        <source>the date</source>
        <translation>das Datum</translation>
    </message>
    <message>
        <source>the time of day</source>
        <translation>die Uhrzeit</translation>
    </message>
    <message>
        <source>1, 2, 3…</source>
        <translation>1, 2, 3&#xa0;…</translation>
    </message>
    <message>
        <source>a number from 1 to 100</source>
        <translation>eine Zahl von 1 bis 100</translation>
    </message>
    <message>
        <source>one of these words</source>
        <translation>eines dieser Wörter</translation>
    </message>
    <message>
        <source>a column of the CSV file</source>
        <translation>eine Spalte der CSV-Datei</translation>
    </message>
</context>
<context>
    <name>PlainLabel</name>
    <message>
        <source>Copy the whole text</source>
        <translation>Ganzen Text kopieren</translation>
    </message>
</context>
<context>
    <name>PreferencesActions</name>
    <message>
        <source>Text size: %1 %</source>
        <translation>Textgröße: %1 %</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>Allge&amp;mein</translation>
    </message>
    <message>
        <source>T&amp;imes</source>
        <translation>&amp;Zeiten</translation>
    </message>
    <message>
        <source>Ca&amp;ptures</source>
        <translation>Aufzei&amp;chnungen</translation>
    </message>
    <message>
        <source>&amp;Notifications</source>
        <translation>&amp;Benachrichtigungen</translation>
    </message>
</context>
<context>
    <name>ProbeRun</name>
    <message>
        <source>passed: {0}</source>
        <translation>erfolgreich: {0}</translation>
    </message>
    <message>
        <source>failed: {0}</source>
        <translation>fehlgeschlagen: {0}</translation>
    </message>
</context>
<context>
    <name>ProblemsPane</name>
    <message>
        <source>Valid against its schema.</source>
        <translation>Gültig nach seinem Schema.</translation>
    </message>
    <message>
        <source>Problems of the event</source>
        <translation>Probleme des Ereignisses</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more problem(s)…</source>
        <translation>
            <numerusform>%Ln weiteres Problem&#xa0;…</numerusform>
            <numerusform>%Ln weitere Probleme&#xa0;…</numerusform>
        </translation>
    </message>
    <message>
        <source>line {0}, column {1}</source>
        <translation>Zeile {0}, Spalte {1}</translation>
    </message>
    <message>
        <source>(reported only by libxml2, which the agent uses)</source>
        <translation>(nur von libxml2 gemeldet, das der Agent verwendet)</translation>
    </message>
    <message>
        <source>(reported only by xmlschema; the agent would accept it)</source>
        <translation>(nur von xmlschema gemeldet; der Agent würde es annehmen)</translation>
    </message>
</context>
<context>
    <name>ProductionBand</name>
    <message>
        <source>Production</source>
        <translation>Produktivsystem</translation>
    </message>
</context>
<context>
    <name>ProfileActions</name>
    <message>
        <source>Profile %1 saved</source>
        <translation>Profil %1 gespeichert</translation>
    </message>
    <message>
        <source>Profile %1 deleted; Profiles &gt; Undo restores it</source>
        <translation>Profil %1 gelöscht; „Profile“ &gt; „Löschen rückgängig machen“ stellt es wieder her</translation>
    </message>
</context>
<context>
    <name>ProfileColumns</name>
    <message>
        <source>Save these columns in profile “%1”</source>
        <translation>Diese Spalten im Profil „%1“ speichern</translation>
    </message>
    <message>
        <source>Remove columns from profile “%1”</source>
        <translation>Spalten aus Profil „%1“ entfernen</translation>
    </message>
</context>
<context>
    <name>ProfileDialog</name>
    <message>
        <source>Edit profile</source>
        <translation>Profil bearbeiten</translation>
    </message>
    <message>
        <source>New profile</source>
        <translation>Neues Profil</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>&amp;Beschreibung</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>&amp;Farbe</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>Empty: every event</source>
        <translation>Leer: alle Ereignisse</translation>
    </message>
    <message>
        <source>&amp;Query</source>
        <translation>Abfra&amp;ge</translation>
    </message>
    <message>
        <source>A&amp;lert</source>
        <translation>&amp;Alarm</translation>
    </message>
    <message>
        <source>We&amp;bhook</source>
        <translation>&amp;Webhook</translation>
    </message>
    <message>
        <source>&amp;Tests</source>
        <translation>&amp;Tests</translation>
    </message>
    <message numerus="yes">
        <source>(%Ln of %1 fail)</source>
        <translation>
            <numerusform>(%Ln von %1 schlägt fehl)</numerusform>
            <numerusform>(%Ln von %1 schlagen fehl)</numerusform>
        </translation>
    </message>
    <message>
        <source>The query is being checked…</source>
        <translation>Abfrage wird geprüft&#xa0;…</translation>
    </message>
    <message>
        <source>The command is being checked…</source>
        <translation>Der Befehl wird geprüft&#xa0;…</translation>
    </message>
    <message>
        <source>Column&amp;s</source>
        <translation>S&amp;palten</translation>
    </message>
</context>
<context>
    <name>ProfileFiles</name>
    <message>
        <source>Import profiles</source>
        <translation>Profile importieren</translation>
    </message>
    <message>
        <source>Profiles (*.json)</source>
        <translation>Profile (*.json)</translation>
    </message>
    <message numerus="yes">
        <source>Profile %1 imported; %Ln of its tests fail. See Edit profile, Tests.</source>
        <translation>
            <numerusform>Profil %1 importiert; %Ln Test schlägt fehl. Siehe „Profil bearbeiten“, „Tests“.</numerusform>
            <numerusform>Profil %1 importiert; %Ln Tests schlagen fehl. Siehe „Profil bearbeiten“, „Tests“.</numerusform>
        </translation>
    </message>
    <message>
        <source>Export profile</source>
        <translation>Profil exportieren</translation>
    </message>
    <message>
        <source>Profile %1 exported</source>
        <translation>Profil %1 exportiert</translation>
    </message>
</context>
<context>
    <name>ProfilePicker</name>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>All events</source>
        <translation>Alle Ereignisse</translation>
    </message>
    <message>
        <source>no profile selected</source>
        <translation>kein Profil ausgewählt</translation>
    </message>
    <message>
        <source>Profile: %1</source>
        <translation>Profil: %1</translation>
    </message>
</context>
<context>
    <name>ProfilesView</name>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>Shows events matching a checked profile, or all events. The first matching profile sets the colour.</source>
        <translation>Zeigt die Ereignisse der angehakten Profile an, ohne Haken alle. Das erste passende Profil bestimmt die Farbe.</translation>
    </message>
    <message>
        <source>no profile selected</source>
        <translation>kein Profil ausgewählt</translation>
    </message>
    <message>
        <source>No profile is selected, all events are shown</source>
        <translation>Kein Profil ist ausgewählt, alle Ereignisse werden angezeigt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln active</source>
        <translation>
            <numerusform>%Ln aktiv</numerusform>
            <numerusform>%Ln aktiv</numerusform>
        </translation>
    </message>
    <message>
        <source>Alerts on matches or silence: see Edit profile, Alert</source>
        <translation>Alarm bei Treffern oder Ausbleiben: „Profil bearbeiten“, „Alarm“</translation>
    </message>
    <message>
        <source>all events</source>
        <translation>alle Ereignisse</translation>
    </message>
</context>
<context>
    <name>PropertiesTable</name>
    <message>
        <source>Properties of the event</source>
        <translation>Eigenschaften des Ereignisses</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>Wert kopieren</translation>
    </message>
    <message>
        <source>Copy name and value</source>
        <translation>Name und Wert kopieren</translation>
    </message>
    <message>
        <source>Show the whole value…</source>
        <translation>Ganzen Wert anzeigen&#xa0;…</translation>
    </message>
</context>
<context>
    <name>QuestionActions</name>
    <message>
        <source>The event is hidden by the filter</source>
        <translation>Das Ereignis ist durch den Filter ausgeblendet</translation>
    </message>
</context>
<context>
    <name>QuestionDialog</name>
    <message>
        <source>Save question</source>
        <translation>Frage speichern</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>&amp;Beschreibung</translation>
    </message>
</context>
<context>
    <name>QuestionEditor</name>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>%1 runs the question, %2 cancels it, %3 completes, %4 and %5 walk through earlier ones.</source>
        <translation>%1 führt die Frage aus, %2 bricht sie ab, %3 vervollständigt, %4 und %5 blättern durch frühere.</translation>
    </message>
    <message>
        <source>Go to the error</source>
        <translation>Zum Fehler springen</translation>
    </message>
    <message>
        <source>State of the question</source>
        <translation>Zustand der Frage</translation>
    </message>
    <message>
        <source>%1 runs the question</source>
        <translation>%1 führt die Frage aus</translation>
    </message>
</context>
<context>
    <name>QuestionFiles</name>
    <message>
        <source>%1 – Questions</source>
        <translation>%1 – Fragen</translation>
    </message>
    <message>
        <source>New question</source>
        <translation>Neue Frage</translation>
    </message>
    <message>
        <source>Questions (*.json *.xq)</source>
        <translation>Fragen (*.json *.xq)</translation>
    </message>
    <message>
        <source>Import questions</source>
        <translation>Fragen importieren</translation>
    </message>
    <message>
        <source>Question (*.json);;XQuery (*.xq)</source>
        <translation>Frage (*.json);;XQuery (*.xq)</translation>
    </message>
    <message>
        <source>Export question</source>
        <translation>Frage exportieren</translation>
    </message>
    <message>
        <source>Export answer</source>
        <translation>Antwort exportieren</translation>
    </message>
    <message>
        <source>%1 written</source>
        <translation>%1 geschrieben</translation>
    </message>
</context>
<context>
    <name>QuestionList</name>
    <message>
        <source>Questions</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>New question</source>
        <translation>Neue Frage</translation>
    </message>
    <message>
        <source>Name and description…</source>
        <translation>Name und Beschreibung&#xa0;…</translation>
    </message>
    <message>
        <source>Delete question</source>
        <translation>Frage löschen</translation>
    </message>
    <message>
        <source>Undo deleting a question</source>
        <translation>Löschen einer Frage rückgängig machen</translation>
    </message>
    <message>
        <source>Import questions…</source>
        <translation>Fragen importieren&#xa0;…</translation>
    </message>
    <message>
        <source>Export question…</source>
        <translation>Frage exportieren&#xa0;…</translation>
    </message>
    <message>
        <source>My questions</source>
        <translation>Eigene Fragen</translation>
    </message>
    <message>
        <source>Questions of the program</source>
        <translation>Mitgelieferte Fragen</translation>
    </message>
</context>
<context>
    <name>QuestionsWindow</name>
    <message>
        <source>Questions</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Ausführen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>Abb&amp;rechen</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Speichern&#xa0;…</translation>
    </message>
    <message>
        <source>New question</source>
        <translation>Neue Frage</translation>
    </message>
    <message>
        <source>Answer the question from the capture (%1)</source>
        <translation>Die Frage aus der Aufzeichnung beantworten (%1)</translation>
    </message>
    <message>
        <source>End the question at once (%1)</source>
        <translation>Die Frage sofort beenden (%1)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>&amp;Speichern unter&#xa0;…</translation>
    </message>
    <message>
        <source>%1 needs a value.</source>
        <translation>Für %1 fehlt ein Wert.</translation>
    </message>
    <message>
        <source>From and to are not times.</source>
        <translation>Von und Bis müssen Zeitpunkte sein.</translation>
    </message>
    <message>
        <source>The answer is about another capture.</source>
        <translation>Die Antwort gehört zu einer anderen Aufzeichnung.</translation>
    </message>
</context>
<context>
    <name>RateChart</name>
    <message>
        <source>Events over time</source>
        <translation>Ereignisse im Zeitverlauf</translation>
    </message>
    <message>
        <source>Maximum: %1 in %2</source>
        <translation>Maximum: %1 in %2</translation>
    </message>
    <message>
        <source>No events</source>
        <translation>Keine Ereignisse vorhanden</translation>
    </message>
</context>
<context>
    <name>RecentCaptures</name>
    <message>
        <source>Recent c&amp;aptures</source>
        <translation>Z&amp;uletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Clear this list</source>
        <translation>&amp;Liste leeren</translation>
    </message>
    <message>
        <source>Archive %1 on %2</source>
        <translation>Archiv %1 auf %2</translation>
    </message>
    <message>
        <source>Archive %1</source>
        <translation>Archiv %1</translation>
    </message>
</context>
<context>
    <name>RecoveryActions</name>
    <message>
        <source>Damaged capture</source>
        <translation>Beschädigte Aufzeichnung</translation>
    </message>
    <message>
        <source>recovered</source>
        <translation>wiederhergestellt</translation>
    </message>
    <message>
        <source>Recover data</source>
        <translation>Daten wiederherstellen</translation>
    </message>
    <message>
        <source>Recovering %1</source>
        <translation>%1 wird wiederhergestellt</translation>
    </message>
    <message>
        <source>%1 cannot be opened. The file may be damaged.</source>
        <translation>%1 kann nicht geöffnet werden. Die Datei ist möglicherweise beschädigt.</translation>
    </message>
    <message>
        <source>%1 is partly damaged.</source>
        <translation>%1 ist teilweise beschädigt.</translation>
    </message>
    <message>
        <source>Recover data…</source>
        <translation>Daten wiederherstellen&#xa0;…</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>RecoveryDialog</name>
    <message numerus="yes">
        <source>%Ln entries recovered to %1.</source>
        <translation>
            <numerusform>%Ln Eintrag in %1 wiederhergestellt.</numerusform>
            <numerusform>%Ln Einträge in %1 wiederhergestellt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be read.</source>
        <translation>
            <numerusform>%Ln war nicht lesbar.</numerusform>
            <numerusform>%Ln waren nicht lesbar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was lost.</source>
        <translation>Nichts ging verloren.</translation>
    </message>
    <message>
        <source>Lost data</source>
        <translation>Verlorene Daten</translation>
    </message>
    <message>
        <source>Entry %1 is lost.</source>
        <translation>Eintrag %1 ist verloren.</translation>
    </message>
    <message>
        <source>Entries %1 to %2 are lost.</source>
        <translation>Die Einträge %1 bis %2 sind verloren.</translation>
    </message>
    <message>
        <source>Recovered data</source>
        <translation>Wiederhergestellte Daten</translation>
    </message>
</context>
<context>
    <name>RepeatSection</name>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add another {0}</source>
        <translation>{0} hinzufügen</translation>
    </message>
    <message>
        <source>any number</source>
        <translation>beliebig viele</translation>
    </message>
    <message>
        <source>{0} or more</source>
        <translation>{0} oder mehr</translation>
    </message>
    <message>
        <source>up to {0}</source>
        <translation>bis zu {0}</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} bis {1}</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0} ({1})</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>%Ln weiteres anzeigen</numerusform>
            <numerusform>%Ln weitere anzeigen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReplayActions</name>
    <message>
        <source>A replay is already running.</source>
        <translation>Es läuft bereits eine Wiedergabe.</translation>
    </message>
    <message>
        <source>Save the capture first. Replayed events go into a new one.</source>
        <translation>Speichern Sie zuerst die Aufzeichnung. Wiedergegebene Ereignisse kommen in eine neue.</translation>
    </message>
    <message>
        <source>this window</source>
        <translation>dieses Fenster</translation>
    </message>
    <message>
        <source>Replaying %1 into %2</source>
        <translation>%1 wird in %2 wiedergegeben</translation>
    </message>
    <message>
        <source>The events of the capture will be sent to the production bus {0}.</source>
        <translation>Die Ereignisse der Aufzeichnung werden an das Produktivsystem {0} gesendet.</translation>
    </message>
    <message>
        <source>Every event has the same effects on machines and users as when it was recorded.</source>
        <translation>Jedes Ereignis wirkt auf Rechner und Benutzer wie bei der Aufzeichnung.</translation>
    </message>
    <message>
        <source>Replay aborted: %1</source>
        <translation>Wiedergabe abgebrochen: %1</translation>
    </message>
    <message>
        <source>Replayed: %1</source>
        <translation>Wiedergegeben: %1</translation>
    </message>
</context>
<context>
    <name>ReplayBar</name>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message numerus="yes">
        <source>%Ln event(s)</source>
        <translation>
            <numerusform>%Ln Ereignis</numerusform>
            <numerusform>%Ln Ereignisse</numerusform>
        </translation>
    </message>
    <message>
        <source>99 % at most %1 ms late</source>
        <translation>99&#xa0;% mit höchstens %1&#xa0;ms Verzögerung</translation>
    </message>
    <message numerus="yes">
        <source>%Ln not accepted</source>
        <translation>
            <numerusform>%Ln nicht angenommen</numerusform>
            <numerusform>%Ln nicht angenommen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReplayDialog</name>
    <message>
        <source>any time; for example 14:02 or yesterday 9:00</source>
        <translation>beliebig; zum Beispiel 14:02 oder gestern 9:00</translation>
    </message>
    <message>
        <source>This window only (nothing is sent)</source>
        <translation>Nur dieses Fenster (nichts wird gesendet)</translation>
    </message>
    <message>
        <source>%1 (production)</source>
        <translation>%1 (Produktivsystem)</translation>
    </message>
    <message>
        <source>Shown events (%1)</source>
        <translation>Angezeigte Ereignisse (%1)</translation>
    </message>
    <message>
        <source>Selected rows (%1)</source>
        <translation>Ausgewählte Zeilen (%1)</translation>
    </message>
    <message>
        <source>First to last mark (%1)</source>
        <translation>Von der ersten bis zur letzten Markierung (%1)</translation>
    </message>
    <message>
        <source>Whole capture (%1)</source>
        <translation>Ganze Aufzeichnung (%1)</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Faster or slower</source>
        <translation>Schneller oder langsamer</translation>
    </message>
    <message>
        <source>Fixed rate</source>
        <translation>Feste Rate</translation>
    </message>
    <message>
        <source>As fast as possible</source>
        <translation>So schnell wie möglich</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>Schritt für Schritt</translation>
    </message>
    <message>
        <source>Fact&amp;or</source>
        <translation>&amp;Faktor</translation>
    </message>
    <message>
        <source>Events per &amp;second</source>
        <translation>Ereignisse je &amp;Sekunde</translation>
    </message>
    <message>
        <source>Not a valid time: %1</source>
        <translation>Kein gültiger Zeitpunkt: %1</translation>
    </message>
    <message>
        <source>&amp;Replay…</source>
        <translation>&amp;Wiedergeben&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Replay</source>
        <translation>&amp;Wiedergeben</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>&amp;Target</source>
        <translation>&amp;Ziel</translation>
    </message>
    <message>
        <source>&amp;Events</source>
        <translation>&amp;Ereignisse</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>&amp;Von</translation>
    </message>
    <message>
        <source>&amp;Until</source>
        <translation>&amp;Bis</translation>
    </message>
    <message>
        <source>S&amp;peed</source>
        <translation>Geschwi&amp;ndigkeit</translation>
    </message>
</context>
<context>
    <name>ResultBars</name>
    <message>
        <source>Answer as bars</source>
        <translation>Antwort als Balken</translation>
    </message>
</context>
<context>
    <name>ResultPane</name>
    <message>
        <source>N&amp;umber</source>
        <translation>&amp;Zahl</translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren&#xa0;…</translation>
    </message>
    <message>
        <source>Answer as text</source>
        <translation>Antwort als Text</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>Progress of the question</source>
        <translation>Fortschritt der Frage</translation>
    </message>
    <message>
        <source>Copy the selected rows, or all</source>
        <translation>Die markierten Zeilen kopieren, sonst alle</translation>
    </message>
    <message>
        <source>Write the answer as CSV, JSON or XML</source>
        <translation>Die Antwort als CSV, JSON oder XML schreiben</translation>
    </message>
    <message>
        <source>The answer comes here.</source>
        <translation>Hier erscheint die Antwort.</translation>
    </message>
    <message>
        <source>No rows yet.</source>
        <translation>Noch keine Zeilen.</translation>
    </message>
    <message>
        <source>starting…</source>
        <translation>beginnt&#xa0;…</translation>
    </message>
    <message>
        <source>%1 of %2 entries</source>
        <translation>%1 von %2 Einträgen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln Zeile</numerusform>
            <numerusform>%Ln Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>The answer has no rows.</source>
        <translation>Die Antwort hat keine Zeilen.</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>Line %1, column %2: </source>
        <translation>Zeile %1, Spalte %2: </translation>
    </message>
    <message>
        <source>No column of the answer has numbers only.</source>
        <translation>Keine Spalte der Antwort besteht nur aus Zahlen.</translation>
    </message>
</context>
<context>
    <name>ResultTable</name>
    <message>
        <source>Answer as a table</source>
        <translation>Antwort als Tabelle</translation>
    </message>
</context>
<context>
    <name>SaveActions</name>
    <message>
        <source>Save capture</source>
        <translation>Aufzeichnung speichern</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>%1 wird gespeichert</translation>
    </message>
    <message>
        <source>A task is still using this capture. Wait for it to finish or cancel it.</source>
        <translation>Diese Aufzeichnung wird noch verarbeitet. Warten Sie auf das Ende oder brechen Sie den Vorgang ab.</translation>
    </message>
    <message numerus="yes">
        <source>Closing it now discards %Ln entries.</source>
        <translation>
            <numerusform>Beim Schließen geht %Ln Eintrag verloren.</numerusform>
            <numerusform>Beim Schließen gehen %Ln Einträge verloren.</numerusform>
        </translation>
    </message>
    <message>
        <source>The open capture is not saved.</source>
        <translation>Die geöffnete Aufzeichnung ist nicht gespeichert.</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save as profile</source>
        <translation>Als Profil speichern</translation>
    </message>
    <message>
        <source>Bring the &amp;present columns</source>
        <translation>Aktuelle S&amp;palten übernehmen</translation>
    </message>
    <message>
        <source>&amp;Alert me when an event matches</source>
        <translation>Bei einem Treffer &amp;Alarm auslösen</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>&amp;Farbe</translation>
    </message>
    <message>
        <source>Notification on the desktop; Edit profile, Alert, offers more.</source>
        <translation>Desktop-Benachrichtigung; weitere Arten unter „Profil bearbeiten“, „Alarm“.</translation>
    </message>
</context>
<context>
    <name>ScenarioSteps</name>
    <message>
        <source>Add events in order, each with the seconds to wait before it.</source>
        <translation>Ereignisse der Reihe nach hinzufügen, jeweils mit der Wartezeit davor in Sekunden.</translation>
    </message>
    <message>
        <source>“{0}” is not a number of seconds.</source>
        <translation>„{0}“ ist keine Zahl von Sekunden.</translation>
    </message>
    <message>
        <source>Add a template</source>
        <translation>Vorlage hinzufügen</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
</context>
<context>
    <name>Schema</name>
    <message>
        <source>A telephone number in international form: a plus sign, then at least three digits.</source>
        <translation>Eine Telefonnummer in internationaler Form: ein Pluszeichen und mindestens drei Ziffern.</translation>
    </message>
    <message>
        <source>Telephone numbers with blanks between them.</source>
        <translation>Telefonnummern, durch Leerzeichen getrennt.</translation>
    </message>
    <message>
        <source>A time in seconds; fractions are allowed, negative values are not.</source>
        <translation>Eine Zeit in Sekunden. Nachkommastellen sind zulässig, negative Werte nicht.</translation>
    </message>
    <message>
        <source>What happened to the call.</source>
        <translation>Was mit dem Anruf geschehen ist.</translation>
    </message>
    <message>
        <source>It rang and nobody answered.</source>
        <translation>Der Anruf wurde nicht angenommen.</translation>
    </message>
    <message>
        <source>It is ringing now.</source>
        <translation>Der Anruf geht gerade ein.</translation>
    </message>
    <message>
        <source>The call is over.</source>
        <translation>Der Anruf ist beendet.</translation>
    </message>
    <message>
        <source>Sent by the Asterisk module about calls and queues: who called whom, when, for how long. Statistics of queue usage and the tracking of calls are built on it.</source>
        <translation>Vom Asterisk-Modul zu Anrufen und Warteschlangen gesendet: wer wen wann und wie lange angerufen hat. Grundlage für die Statistik der Warteschlangen und die Verfolgung von Anrufen.</translation>
    </message>
    <message>
        <source>The number or numbers the call came from.</source>
        <translation>Die Nummer oder Nummern, von denen der Anruf kam.</translation>
    </message>
    <message>
        <source>The number or numbers that were called.</source>
        <translation>Die angerufene Nummer oder die angerufenen Nummern.</translation>
    </message>
    <message>
        <source>When it happened, in seconds since 1970-01-01 00:00 UTC.</source>
        <translation>Zeitpunkt in Sekunden seit 1970-01-01 00:00 UTC.</translation>
    </message>
    <message>
        <source>How long the call lasted, in seconds.</source>
        <translation>Dauer des Anrufs in Sekunden.</translation>
    </message>
    <message>
        <source>Why the call ended, in words of the telephone system.</source>
        <translation>Grund für das Ende des Anrufs, wie ihn die Telefonanlage angibt.</translation>
    </message>
    <message>
        <source>Who the call is for, when the system knows the person.</source>
        <translation>Für wen der Anruf bestimmt ist, falls die Person bekannt ist.</translation>
    </message>
    <message>
        <source>One network device of the client.</source>
        <translation>Ein Netzwerkgerät des Clients.</translation>
    </message>
    <message>
        <source>The device&apos;s name on the client, for example eth0.</source>
        <translation>Name des Geräts auf dem Client, zum Beispiel eth0.</translation>
    </message>
    <message>
        <source>Its IPv4 address.</source>
        <translation>Seine IPv4-Adresse.</translation>
    </message>
    <message>
        <source>Its IPv6 address.</source>
        <translation>Seine IPv6-Adresse.</translation>
    </message>
    <message>
        <source>Its hardware address.</source>
        <translation>Seine Hardwareadresse.</translation>
    </message>
    <message>
        <source>Its IPv4 network mask.</source>
        <translation>Seine IPv4-Netzmaske.</translation>
    </message>
    <message>
        <source>Its IPv4 broadcast address.</source>
        <translation>Seine IPv4-Broadcast-Adresse.</translation>
    </message>
    <message>
        <source>Every network device the client has.</source>
        <translation>Alle Netzwerkgeräte des Clients.</translation>
    </message>
    <message>
        <source>One network device.</source>
        <translation>Ein Netzwerkgerät.</translation>
    </message>
    <message>
        <source>A method that can be called on the client.</source>
        <translation>Eine Methode, die auf dem Client aufgerufen werden kann.</translation>
    </message>
    <message>
        <source>The method&apos;s name.</source>
        <translation>Name der Methode.</translation>
    </message>
    <message>
        <source>Where on the client it is found.</source>
        <translation>Pfad der Methode auf dem Client.</translation>
    </message>
    <message>
        <source>Its parameters and their types.</source>
        <translation>Parameter und deren Typen.</translation>
    </message>
    <message>
        <source>What it does, for people.</source>
        <translation>Beschreibung der Methode in Worten.</translation>
    </message>
    <message>
        <source>What the client can be asked to do.</source>
        <translation>Methoden, die der Client anbietet.</translation>
    </message>
    <message>
        <source>One method.</source>
        <translation>Eine Methode.</translation>
    </message>
    <message>
        <source>How the client is reached.</source>
        <translation>Wie der Client erreichbar ist.</translation>
    </message>
    <message>
        <source>The methods it offers.</source>
        <translation>Die angebotenen Methoden.</translation>
    </message>
    <message>
        <source>The client&apos;s identifier, unique on the bus.</source>
        <translation>Kennung des Clients, eindeutig auf dem Bus.</translation>
    </message>
    <message>
        <source>The client&apos;s name, for people.</source>
        <translation>Name des Clients zur Anzeige.</translation>
    </message>
    <message>
        <source>Sent by a client that is about to shut down. Afterwards it takes no more calls.</source>
        <translation>Von einem Client vor dem Herunterfahren gesendet. Danach nimmt er keine Aufrufe mehr an.</translation>
    </message>
    <message>
        <source>The client&apos;s identifier.</source>
        <translation>Kennung des Clients.</translation>
    </message>
    <message>
        <source>Sent by an agent that is alone and cannot find its clients. Every client that hears it answers with a new ClientAnnounce. It has no content.</source>
        <translation>Von einem einzelnen Agenten gesendet, der seine Clients nicht kennt. Jeder Client, der das Ereignis empfängt, antwortet mit ClientAnnounce. Ohne Inhalt.</translation>
    </message>
    <message>
        <source>Measured values with blanks between them.</source>
        <translation>Messwerte, durch Leerzeichen getrennt.</translation>
    </message>
    <message>
        <source>Sent when collectd has taken a measurement. Experimental: this event may still change.</source>
        <translation>Nach jeder Messung von collectd gesendet. Experimentell: Das Ereignis kann sich noch ändern.</translation>
    </message>
    <message>
        <source>Where it was measured.</source>
        <translation>Ort der Messung.</translation>
    </message>
    <message>
        <source>The collectd plug-in that measured, for example cpu.</source>
        <translation>Messendes Plug-in von collectd, zum Beispiel cpu.</translation>
    </message>
    <message>
        <source>Which of several things the plug-in looks at, for example the second processor.</source>
        <translation>Welches von mehreren Objekten gemessen wurde, zum Beispiel der zweite Prozessor.</translation>
    </message>
    <message>
        <source>What was measured, for example load.</source>
        <translation>Was gemessen wurde, zum Beispiel load.</translation>
    </message>
    <message>
        <source>Which of several values of that kind it is.</source>
        <translation>Welcher von mehreren Werten dieser Art gemessen wurde.</translation>
    </message>
    <message>
        <source>When it was measured, in seconds since 1970-01-01 00:00 UTC.</source>
        <translation>Zeitpunkt der Messung in Sekunden seit 1970-01-01 00:00 UTC.</translation>
    </message>
    <message>
        <source>Seconds from one measurement to the next.</source>
        <translation>Abstand zwischen zwei Messungen in Sekunden.</translation>
    </message>
    <message>
        <source>The measured values, in the order in which collectd defines them for the type.</source>
        <translation>Die Messwerte in der Reihenfolge, die collectd für den Typ festlegt.</translation>
    </message>
    <message>
        <source>Sent by an agent that starts, so that the other agents tell it what they can do.</source>
        <translation>Von einem startenden Agenten gesendet, damit ihm die anderen Agenten ihre Fähigkeiten mitteilen.</translation>
    </message>
    <message>
        <source>The agent&apos;s identifier, unique on the bus.</source>
        <translation>Kennung des Agenten, eindeutig auf dem Bus.</translation>
    </message>
    <message>
        <source>Which agents are asked when the method is called.</source>
        <translation>Welche Agenten beim Aufruf der Methode gefragt werden.</translation>
    </message>
    <message>
        <source>The agent that offers it.</source>
        <translation>Der anbietende Agent.</translation>
    </message>
    <message>
        <source>Several, one after the other, until one of them has a result.</source>
        <translation>Mehrere nacheinander, bis einer ein Ergebnis liefert.</translation>
    </message>
    <message>
        <source>All of them; their results are collected.</source>
        <translation>Alle. Die Ergebnisse werden gesammelt.</translation>
    </message>
    <message>
        <source>A method that the agent offers.</source>
        <translation>Eine Methode, die der Agent anbietet.</translation>
    </message>
    <message>
        <source>Where in the agent&apos;s registry it is found.</source>
        <translation>Pfad in der Registry des Agenten.</translation>
    </message>
    <message>
        <source>The module that serves it.</source>
        <translation>Das Modul, das die Methode bereitstellt.</translation>
    </message>
    <message>
        <source>Which agents are asked when it is called.</source>
        <translation>Welche Agenten beim Aufruf gefragt werden.</translation>
    </message>
    <message>
        <source>Whether the method must be told which queue the call came from.</source>
        <translation>Ob die Methode erfahren muss, aus welcher Warteschlange der Aufruf kommt.</translation>
    </message>
    <message>
        <source>A kind of object that the agent can serve.</source>
        <translation>Eine Objektart, die der Agent bereitstellt.</translation>
    </message>
    <message>
        <source>The object&apos;s identifier.</source>
        <translation>Kennung des Objekts.</translation>
    </message>
    <message>
        <source>Its properties and methods.</source>
        <translation>Seine Eigenschaften und Methoden.</translation>
    </message>
    <message>
        <source>Sent by an agent that starts, and in answer to a NodeAnnounce: what this agent can do.</source>
        <translation>Von einem startenden Agenten und als Antwort auf NodeAnnounce gesendet: die Fähigkeiten dieses Agenten.</translation>
    </message>
    <message>
        <source>The agent&apos;s identifier.</source>
        <translation>Kennung des Agenten.</translation>
    </message>
    <message>
        <source>One method that it offers.</source>
        <translation>Eine angebotene Methode.</translation>
    </message>
    <message>
        <source>One kind of object that it serves.</source>
        <translation>Eine bereitgestellte Objektart.</translation>
    </message>
    <message>
        <source>Sent by an agent that shuts down.</source>
        <translation>Von einem Agenten beim Herunterfahren gesendet.</translation>
    </message>
    <message>
        <source>Sent regularly by every agent, so that work can be given to the one that has the least of it.</source>
        <translation>Regelmäßig von jedem Agenten gesendet, damit Aufgaben an den am wenigsten ausgelasteten vergeben werden können.</translation>
    </message>
    <message>
        <source>The load of the agent&apos;s machine.</source>
        <translation>Auslastung des Hosts, auf dem der Agent läuft.</translation>
    </message>
    <message>
        <source>How long the agent takes to answer, in seconds.</source>
        <translation>Antwortzeit des Agenten in Sekunden.</translation>
    </message>
    <message>
        <source>How many workers are busy.</source>
        <translation>Anzahl der belegten Worker.</translation>
    </message>
    <message>
        <source>Whether the agent&apos;s index is up to date.</source>
        <translation>Ob der Index des Agenten aktuell ist.</translation>
    </message>
    <message>
        <source>Sent when the telephony listener notices that a telephone&apos;s status has changed: somebody calls, talks or has hung up.</source>
        <translation>Gesendet, wenn sich der Status eines Telefons ändert: Anruf, Gespräch oder aufgelegt.</translation>
    </message>
    <message>
        <source>Number of the telephone that calls.</source>
        <translation>Nummer des anrufenden Telefons.</translation>
    </message>
    <message>
        <source>Number of the telephone that is called.</source>
        <translation>Nummer des angerufenen Telefons.</translation>
    </message>
    <message>
        <source>What the line does now, for example ringing, busy or free.</source>
        <translation>Status der Leitung, zum Beispiel ringing, busy oder free.</translation>
    </message>
    <message>
        <source>How serious a message is, as syslog counts it.</source>
        <translation>Schweregrad einer Meldung nach syslog.</translation>
    </message>
    <message>
        <source>Of interest while looking for a fault.</source>
        <translation>Nur bei der Fehlersuche von Interesse.</translation>
    </message>
    <message>
        <source>It went as expected.</source>
        <translation>Wie erwartet verlaufen.</translation>
    </message>
    <message>
        <source>It went as expected and is worth knowing.</source>
        <translation>Wie erwartet verlaufen und bemerkenswert.</translation>
    </message>
    <message>
        <source>It may become a fault.</source>
        <translation>Kann zu einem Fehler werden.</translation>
    </message>
    <message>
        <source>Something failed.</source>
        <translation>Ein Vorgang ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Somebody has to act at once.</source>
        <translation>Sofortiges Eingreifen ist erforderlich.</translation>
    </message>
    <message>
        <source>The system cannot be used.</source>
        <translation>Das System ist nicht benutzbar.</translation>
    </message>
    <message>
        <source>An important part failed.</source>
        <translation>Ein wichtiger Teil ist ausgefallen.</translation>
    </message>
    <message>
        <source>Words that Puppet filed a message under.</source>
        <translation>Schlagwörter, unter denen Puppet eine Meldung abgelegt hat.</translation>
    </message>
    <message>
        <source>One word.</source>
        <translation>Ein Schlagwort.</translation>
    </message>
    <message>
        <source>One message of the run.</source>
        <translation>Eine Meldung des Laufs.</translation>
    </message>
    <message>
        <source>When it was written, in seconds since 1970-01-01 00:00 UTC.</source>
        <translation>Zeitpunkt der Meldung in Sekunden seit 1970-01-01 00:00 UTC.</translation>
    </message>
    <message>
        <source>How serious it is.</source>
        <translation>Schweregrad.</translation>
    </message>
    <message>
        <source>The message&apos;s text.</source>
        <translation>Text der Meldung.</translation>
    </message>
    <message>
        <source>The resource that it is about.</source>
        <translation>Die betroffene Ressource.</translation>
    </message>
    <message>
        <source>The manifest it comes from.</source>
        <translation>Das Manifest, aus dem die Meldung stammt.</translation>
    </message>
    <message>
        <source>The line in that manifest.</source>
        <translation>Zeile in diesem Manifest.</translation>
    </message>
    <message>
        <source>The version of the configuration that was applied.</source>
        <translation>Version der angewendeten Konfiguration.</translation>
    </message>
    <message>
        <source>Words that it is filed under.</source>
        <translation>Schlagwörter der Meldung.</translation>
    </message>
    <message>
        <source>Sent after Puppet has run on a client: what the run did, message by message.</source>
        <translation>Nach einem Puppet-Lauf auf einem Client gesendet: das Ergebnis des Laufs, Meldung für Meldung.</translation>
    </message>
    <message>
        <source>The users of a client.</source>
        <translation>Die Benutzer eines Clients.</translation>
    </message>
    <message>
        <source>The name of a user who is logged on now.</source>
        <translation>Name eines derzeit angemeldeten Benutzers.</translation>
    </message>
    <message>
        <source>Who is logged on now.</source>
        <translation>Derzeit angemeldete Benutzer.</translation>
    </message>
    <message>
        <source>It rang and was not answered.</source>
        <translation>Der Anruf wurde nicht angenommen.</translation>
    </message>
    <message>
        <source>It is over.</source>
        <translation>Der Anruf ist beendet.</translation>
    </message>
    <message>
        <source>The state of a member&apos;s telephone, by Asterisk&apos;s names.</source>
        <translation>Status des Telefons eines Mitglieds, mit den Namen von Asterisk.</translation>
    </message>
    <message>
        <source>Nothing is known about it.</source>
        <translation>Status unbekannt.</translation>
    </message>
    <message>
        <source>It is free.</source>
        <translation>Frei.</translation>
    </message>
    <message>
        <source>It is used, and takes further calls.</source>
        <translation>Belegt, weitere Anrufe möglich.</translation>
    </message>
    <message>
        <source>It takes no further call.</source>
        <translation>Keine weiteren Anrufe möglich.</translation>
    </message>
    <message>
        <source>There is no such device.</source>
        <translation>Das Gerät ist nicht vorhanden.</translation>
    </message>
    <message>
        <source>It cannot be reached.</source>
        <translation>Nicht erreichbar.</translation>
    </message>
    <message>
        <source>It rings.</source>
        <translation>Klingelt.</translation>
    </message>
    <message>
        <source>It rings while it is used.</source>
        <translation>Klingelt während eines Gesprächs.</translation>
    </message>
    <message>
        <source>Its call is on hold.</source>
        <translation>Der Anruf wird gehalten.</translation>
    </message>
    <message>
        <source>The state of a member of a queue.</source>
        <translation>Status eines Mitglieds einer Warteschlange.</translation>
    </message>
    <message>
        <source>The queue&apos;s name.</source>
        <translation>Name der Warteschlange.</translation>
    </message>
    <message>
        <source>The member&apos;s channel; SIP/201, say.</source>
        <translation>Kanal des Mitglieds, zum Beispiel SIP/201.</translation>
    </message>
    <message>
        <source>The member&apos;s name, for people.</source>
        <translation>Name des Mitglieds zur Anzeige.</translation>
    </message>
    <message>
        <source>How it came into the queue: static or dynamic.</source>
        <translation>Art der Aufnahme in die Warteschlange: static oder dynamic.</translation>
    </message>
    <message>
        <source>Members with a lower penalty are rung first.</source>
        <translation>Mitglieder mit niedrigerem Wert werden zuerst angerufen.</translation>
    </message>
    <message>
        <source>How many calls it has answered.</source>
        <translation>Anzahl der angenommenen Anrufe.</translation>
    </message>
    <message>
        <source>When its last call ended, in seconds since 1970-01-01 00:00 UTC.</source>
        <translation>Ende des letzten Anrufs in Sekunden seit 1970-01-01 00:00 UTC.</translation>
    </message>
    <message>
        <source>The state of its telephone.</source>
        <translation>Status des Telefons.</translation>
    </message>
    <message>
        <source>1 while it gets no calls, 0 otherwise.</source>
        <translation>1, solange keine Anrufe zugeteilt werden, sonst 0.</translation>
    </message>
    <message>
        <source>Why it is paused.</source>
        <translation>Grund der Pause.</translation>
    </message>
    <message>
        <source>The channel by which it logged in.</source>
        <translation>Kanal der Anmeldung.</translation>
    </message>
    <message>
        <source>When it logged in, in seconds since 1970-01-01 00:00 UTC.</source>
        <translation>Zeitpunkt der Anmeldung in Sekunden seit 1970-01-01 00:00 UTC.</translation>
    </message>
    <message>
        <source>A call.</source>
        <translation>Ein Anruf.</translation>
    </message>
    <message>
        <source>What happened to it.</source>
        <translation>Was damit geschehen ist.</translation>
    </message>
    <message>
        <source>Who it is for.</source>
        <translation>Für wen er bestimmt ist.</translation>
    </message>
    <message>
        <source>The number or numbers that it came from.</source>
        <translation>Die Nummer oder Nummern, von denen der Anruf kam.</translation>
    </message>
    <message>
        <source>How long it lasted, in seconds.</source>
        <translation>Dauer in Sekunden.</translation>
    </message>
    <message>
        <source>Why it ended, in words of the telephone system.</source>
        <translation>Grund für das Ende, wie ihn die Telefonanlage angibt.</translation>
    </message>
    <message>
        <source>Sent by the module for Asterisk&apos;s manager interface: the state of a member of a queue has changed, or something happened to a call. Clacks only.</source>
        <translation>Vom Modul für die Manager-Schnittstelle von Asterisk gesendet, wenn sich der Status eines Mitglieds einer Warteschlange oder ein Anruf geändert hat. Nur Clacks.</translation>
    </message>
    <message>
        <source>A member of a queue.</source>
        <translation>Ein Mitglied einer Warteschlange.</translation>
    </message>
    <message>
        <source>Sent by a watcher of the directory that has seen an object change: the index reads it again.</source>
        <translation>Nach der Änderung eines Objekts im Verzeichnis gesendet. Der Index liest das Objekt neu ein.</translation>
    </message>
    <message>
        <source>The object&apos;s identifier in the index.</source>
        <translation>Kennung des Objekts im Index.</translation>
    </message>
    <message>
        <source>The object&apos;s distinguished name in the directory.</source>
        <translation>DN des Objekts im Verzeichnis.</translation>
    </message>
    <message>
        <source>Its distinguished name afterwards, when it was moved or renamed.</source>
        <translation>Neuer DN, falls das Objekt verschoben oder umbenannt wurde.</translation>
    </message>
    <message>
        <source>When it was changed, as the directory writes times: 20190801142000Z.</source>
        <translation>Zeitpunkt der Änderung in der Schreibweise des Verzeichnisses: 20190801142000Z.</translation>
    </message>
    <message>
        <source>What was done: add, modify, delete or modrdn, say.</source>
        <translation>Art der Änderung, zum Beispiel add, modify, delete oder modrdn.</translation>
    </message>
    <message>
        <source>How the job ended.</source>
        <translation>Ergebnis des Auftrags.</translation>
    </message>
    <message>
        <source>It did what it was to do.</source>
        <translation>Erfolgreich beendet.</translation>
    </message>
    <message>
        <source>It was stopped before its end.</source>
        <translation>Vorzeitig abgebrochen.</translation>
    </message>
    <message>
        <source>It failed; the message says why.</source>
        <translation>Fehlgeschlagen. Die Meldung nennt den Grund.</translation>
    </message>
    <message>
        <source>Sent when a job that the backend worked on in the background has ended. GOsa 3 only.</source>
        <translation>Gesendet, wenn ein Hintergrundauftrag des Backends beendet ist. Nur GOsa 3.</translation>
    </message>
    <message>
        <source>The job&apos;s identifier.</source>
        <translation>Kennung des Auftrags.</translation>
    </message>
    <message>
        <source>What kind of job it was.</source>
        <translation>Art des Auftrags.</translation>
    </message>
    <message>
        <source>How it ended.</source>
        <translation>Ergebnis.</translation>
    </message>
    <message>
        <source>A text about the outcome, for people.</source>
        <translation>Beschreibung des Ergebnisses zur Anzeige.</translation>
    </message>
    <message>
        <source>Sent when a call that the backend carried out asynchronously has failed, so that the caller does not wait for its result. GOsa 3 only.</source>
        <translation>Gesendet, wenn ein asynchroner Aufruf des Backends fehlgeschlagen ist, damit der Aufrufer nicht auf ein Ergebnis wartet. Nur GOsa 3.</translation>
    </message>
    <message>
        <source>The part of the backend in which it failed.</source>
        <translation>Teil des Backends, in dem der Fehler auftrat.</translation>
    </message>
    <message>
        <source>What went wrong.</source>
        <translation>Beschreibung des Fehlers.</translation>
    </message>
    <message>
        <source>What was being done.</source>
        <translation>Der dabei ausgeführte Vorgang.</translation>
    </message>
    <message>
        <source>Sent now and then by a long task of the backend, such as indexing the directory: how far it has come. GOsa 3 only.</source>
        <translation>Fortschritt eines langen Vorgangs des Backends, zum Beispiel der Indizierung des Verzeichnisses. Nur GOsa 3.</translation>
    </message>
    <message>
        <source>Which task it is; index, say.</source>
        <translation>Art des Vorgangs, zum Beispiel index.</translation>
    </message>
    <message>
        <source>What is being done, in words.</source>
        <translation>Beschreibung des Vorgangs.</translation>
    </message>
    <message>
        <source>How much of the step is done, in percent.</source>
        <translation>Fortschritt des Schritts in Prozent.</translation>
    </message>
    <message>
        <source>Which step this is, counted from 1.</source>
        <translation>Nummer des Schritts, ab 1.</translation>
    </message>
    <message>
        <source>How many steps there are.</source>
        <translation>Anzahl der Schritte.</translation>
    </message>
    <message>
        <source>What the member does.</source>
        <translation>Status des Mitglieds.</translation>
    </message>
    <message>
        <source>It is there and prepares itself.</source>
        <translation>Verbunden und in Vorbereitung.</translation>
    </message>
    <message>
        <source>It can be asked now.</source>
        <translation>Bereit für Aufrufe.</translation>
    </message>
    <message>
        <source>It goes, or its connection was lost.</source>
        <translation>Abgemeldet, oder die Verbindung ging verloren.</translation>
    </message>
    <message>
        <source>What the member is.</source>
        <translation>Art des Mitglieds.</translation>
    </message>
    <message>
        <source>A backend.</source>
        <translation>Ein Backend.</translation>
    </message>
    <message>
        <source>A proxy between two brokers.</source>
        <translation>Ein Proxy zwischen zwei Brokern.</translation>
    </message>
    <message>
        <source>A client.</source>
        <translation>Ein Client.</translation>
    </message>
    <message>
        <source>Sent when a backend, a proxy or a client joins the bus, is ready, or leaves it. The broker sends it as the last will of a member whose connection breaks. GOsa 3 only.</source>
        <translation>Gesendet, wenn ein Backend, Proxy oder Client sich am Bus anmeldet, bereit ist oder sich abmeldet. Bricht die Verbindung eines Mitglieds ab, sendet der Broker das Ereignis als letzten Willen (Last Will). Nur GOsa 3.</translation>
    </message>
    <message>
        <source>The member&apos;s identifier.</source>
        <translation>Kennung des Mitglieds.</translation>
    </message>
    <message>
        <source>The name of its machine.</source>
        <translation>Name des Hosts.</translation>
    </message>
    <message>
        <source>What it does.</source>
        <translation>Status.</translation>
    </message>
    <message>
        <source>What it is.</source>
        <translation>Art.</translation>
    </message>
    <message>
        <source>Sent by a client that is coming up, and by every client in answer to a ClientPoll: who it is, how it is reached, and which methods it offers. GOsa 3 leaves out the methods, and sends them in a ClientSignature.</source>
        <translation>Von einem startenden Client gesendet und von jedem Client als Antwort auf ClientPoll: wer er ist, wie er erreichbar ist und welche Methoden er anbietet. GOsa 3 lässt die Methoden weg und sendet sie als ClientSignature.</translation>
    </message>
    <message>
        <source>Sent by every client regularly, usually every ten minutes, so that a client which is gone without a word is noticed.</source>
        <translation>Von jedem Client regelmäßig gesendet, meist alle zehn Minuten. Ein Client, der sich nicht abgemeldet hat, fällt dadurch auf.</translation>
    </message>
    <message>
        <source>Sent by a client to say which methods it offers: after its ClientAnnounce in GOsa 3, where that no longer lists them, and when they have changed.</source>
        <translation>Von einem Client gesendet: die angebotenen Methoden. In GOsa 3 nach ClientAnnounce, das sie dort nicht mehr enthält, und nach jeder Änderung.</translation>
    </message>
    <message>
        <source>Sent when it became possible to extend an object in some way, or ceased to be. GOsa 3 only.</source>
        <translation>Gesendet, wenn eine Erweiterung für ein Objekt möglich oder nicht mehr möglich ist. Nur GOsa 3.</translation>
    </message>
    <message>
        <source>When that changed, as the directory writes times: 20190801142000Z.</source>
        <translation>Zeitpunkt der Änderung in der Schreibweise des Verzeichnisses: 20190801142000Z.</translation>
    </message>
    <message>
        <source>Which extension; PosixUser, say.</source>
        <translation>Name der Erweiterung, zum Beispiel PosixUser.</translation>
    </message>
    <message>
        <source>Whether the object may have it now.</source>
        <translation>Ob die Erweiterung jetzt möglich ist.</translation>
    </message>
    <message>
        <source>A controller on a bus of the machine.</source>
        <translation>Ein Controller an einem Bus des Hosts.</translation>
    </message>
    <message>
        <source>Its name.</source>
        <translation>Name.</translation>
    </message>
    <message>
        <source>What it controls.</source>
        <translation>Art des Controllers.</translation>
    </message>
    <message>
        <source>Who made it.</source>
        <translation>Hersteller.</translation>
    </message>
    <message>
        <source>The driver in use.</source>
        <translation>Verwendeter Treiber.</translation>
    </message>
    <message>
        <source>Its class on the PCI bus.</source>
        <translation>PCI-Klasse.</translation>
    </message>
    <message>
        <source>Its vendor and device on the PCI bus.</source>
        <translation>Hersteller und Gerät am PCI-Bus.</translation>
    </message>
    <message>
        <source>Its place on the PCI bus.</source>
        <translation>Steckplatz am PCI-Bus.</translation>
    </message>
    <message>
        <source>A modem.</source>
        <translation>Ein Modem.</translation>
    </message>
    <message>
        <source>A mounted file system.</source>
        <translation>Ein eingehängtes Dateisystem.</translation>
    </message>
    <message>
        <source>The device that holds it.</source>
        <translation>Zugehöriges Gerät.</translation>
    </message>
    <message>
        <source>Where it is mounted.</source>
        <translation>Einhängepunkt.</translation>
    </message>
    <message>
        <source>Its kind; ext4, say.</source>
        <translation>Art, zum Beispiel ext4.</translation>
    </message>
    <message>
        <source>Its serial number.</source>
        <translation>Seriennummer.</translation>
    </message>
    <message>
        <source>Its label.</source>
        <translation>Bezeichnung.</translation>
    </message>
    <message>
        <source>When it was made; it may be nil. A date and time; Clacks writes any text.</source>
        <translation>Zeitpunkt der Erstellung, darf leer sein (nil). Datum und Uhrzeit, in Clacks beliebiger Text.</translation>
    </message>
    <message>
        <source>Its size in megabytes.</source>
        <translation>Größe in Megabyte.</translation>
    </message>
    <message>
        <source>What is free of it, in megabytes.</source>
        <translation>Freier Platz in Megabyte.</translation>
    </message>
    <message>
        <source>A disk, or another device that stores data.</source>
        <translation>Eine Festplatte oder ein anderer Datenträger.</translation>
    </message>
    <message>
        <source>How it is attached.</source>
        <translation>Anschlussart.</translation>
    </message>
    <message>
        <source>The version of its firmware.</source>
        <translation>Firmwareversion.</translation>
    </message>
    <message>
        <source>Its model.</source>
        <translation>Modell.</translation>
    </message>
    <message>
        <source>Its device; sda, say.</source>
        <translation>Gerät, zum Beispiel sda.</translation>
    </message>
    <message>
        <source>Its channel on the SCSI bus.</source>
        <translation>Kanal am SCSI-Bus.</translation>
    </message>
    <message>
        <source>Its host on the SCSI bus.</source>
        <translation>Host am SCSI-Bus.</translation>
    </message>
    <message>
        <source>Its logical unit on the SCSI bus.</source>
        <translation>LUN am SCSI-Bus.</translation>
    </message>
    <message>
        <source>Its target on the SCSI bus.</source>
        <translation>Target am SCSI-Bus.</translation>
    </message>
    <message>
        <source>Its kind; disk, say.</source>
        <translation>Art, zum Beispiel disk.</translation>
    </message>
    <message>
        <source>A module of memory.</source>
        <translation>Ein Speichermodul.</translation>
    </message>
    <message>
        <source>Its size in megabytes. A number; Clacks writes any text.</source>
        <translation>Größe in Megabyte. Eine Zahl, in Clacks beliebiger Text.</translation>
    </message>
    <message>
        <source>Its name, for people.</source>
        <translation>Name zur Anzeige.</translation>
    </message>
    <message>
        <source>Its clock rate.</source>
        <translation>Taktfrequenz.</translation>
    </message>
    <message>
        <source>Its kind; DDR4, say.</source>
        <translation>Art, zum Beispiel DDR4.</translation>
    </message>
    <message>
        <source>The number of its slot. A number; Clacks writes any text.</source>
        <translation>Nummer des Steckplatzes. Eine Zahl, in Clacks beliebiger Text.</translation>
    </message>
    <message>
        <source>A connector of the machine.</source>
        <translation>Ein Anschluss des Hosts.</translation>
    </message>
    <message>
        <source>Its name on the board.</source>
        <translation>Bezeichnung auf der Platine.</translation>
    </message>
    <message>
        <source>Its kind.</source>
        <translation>Art.</translation>
    </message>
    <message>
        <source>A slot for an extension.</source>
        <translation>Ein Erweiterungssteckplatz.</translation>
    </message>
    <message>
        <source>Whether it is in use.</source>
        <translation>Ob belegt.</translation>
    </message>
    <message>
        <source>A package of software.</source>
        <translation>Ein Softwarepaket.</translation>
    </message>
    <message>
        <source>Its kind; deb, say.</source>
        <translation>Art, zum Beispiel deb.</translation>
    </message>
    <message>
        <source>Its version.</source>
        <translation>Version.</translation>
    </message>
    <message>
        <source>Who publishes it.</source>
        <translation>Herausgeber.</translation>
    </message>
    <message>
        <source>When it was installed.</source>
        <translation>Zeitpunkt der Installation.</translation>
    </message>
    <message>
        <source>Its size in kilobytes. A number; Clacks writes any text.</source>
        <translation>Größe in Kilobyte. Eine Zahl, in Clacks beliebiger Text.</translation>
    </message>
    <message>
        <source>Where it is installed.</source>
        <translation>Installationsort.</translation>
    </message>
    <message>
        <source>A screen.</source>
        <translation>Ein Bildschirm.</translation>
    </message>
    <message>
        <source>What the screen says about itself (EDID), in Base64.</source>
        <translation>Selbstbeschreibung des Bildschirms (EDID) in Base64.</translation>
    </message>
    <message>
        <source>The same in uuencode.</source>
        <translation>Dasselbe als uuencode.</translation>
    </message>
    <message>
        <source>A graphics card.</source>
        <translation>Eine Grafikkarte.</translation>
    </message>
    <message>
        <source>Its memory in megabytes.</source>
        <translation>Speicher in Megabyte.</translation>
    </message>
    <message>
        <source>Its chip set.</source>
        <translation>Chipsatz.</translation>
    </message>
    <message>
        <source>The resolution in use.</source>
        <translation>Verwendete Auflösung.</translation>
    </message>
    <message>
        <source>A sound card.</source>
        <translation>Eine Soundkarte.</translation>
    </message>
    <message>
        <source>A network device.</source>
        <translation>Ein Netzwerkgerät.</translation>
    </message>
    <message>
        <source>Its name; eth0, say.</source>
        <translation>Name, zum Beispiel eth0.</translation>
    </message>
    <message>
        <source>Its address.</source>
        <translation>Adresse.</translation>
    </message>
    <message>
        <source>The DHCP server that gave it the address.</source>
        <translation>DHCP-Server, der die Adresse vergeben hat.</translation>
    </message>
    <message>
        <source>The gateway behind it.</source>
        <translation>Gateway.</translation>
    </message>
    <message>
        <source>The mask of its network.</source>
        <translation>Netzmaske.</translation>
    </message>
    <message>
        <source>Its network.</source>
        <translation>Netz.</translation>
    </message>
    <message>
        <source>The devices that it bundles.</source>
        <translation>Gebündelte Geräte.</translation>
    </message>
    <message>
        <source>Whether it is up.</source>
        <translation>Ob aktiv.</translation>
    </message>
    <message>
        <source>Its kind; Ethernet, say.</source>
        <translation>Art, zum Beispiel Ethernet.</translation>
    </message>
    <message>
        <source>1 when it is made by software.</source>
        <translation>1 bei einem virtuellen Gerät.</translation>
    </message>
    <message>
        <source>The machine as a whole, and its operating system.</source>
        <translation>Der Host als Ganzes und sein Betriebssystem.</translation>
    </message>
    <message>
        <source>The machine&apos;s name.</source>
        <translation>Name des Hosts.</translation>
    </message>
    <message>
        <source>Its architecture; x86_64, say.</source>
        <translation>Architektur, zum Beispiel x86_64.</translation>
    </message>
    <message>
        <source>A checksum over the report.</source>
        <translation>Prüfsumme des Berichts.</translation>
    </message>
    <message>
        <source>Who logged on last.</source>
        <translation>Zuletzt angemeldeter Benutzer.</translation>
    </message>
    <message>
        <source>When that was.</source>
        <translation>Zeitpunkt der Anmeldung.</translation>
    </message>
    <message>
        <source>Its default gateway.</source>
        <translation>Standardgateway.</translation>
    </message>
    <message>
        <source>Its addresses.</source>
        <translation>Adressen.</translation>
    </message>
    <message>
        <source>Its memory in megabytes. A number; Clacks writes any text.</source>
        <translation>Speicher in Megabyte. Eine Zahl, in Clacks beliebiger Text.</translation>
    </message>
    <message>
        <source>More about the operating system.</source>
        <translation>Weitere Angaben zum Betriebssystem.</translation>
    </message>
    <message>
        <source>The operating system.</source>
        <translation>Betriebssystem.</translation>
    </message>
    <message>
        <source>Who is logged on.</source>
        <translation>Angemeldete Benutzer.</translation>
    </message>
    <message>
        <source>How many processors it has. A number; Clacks writes any text.</source>
        <translation>Anzahl der Prozessoren. Eine Zahl, in Clacks beliebiger Text.</translation>
    </message>
    <message>
        <source>Their clock rate in megahertz.</source>
        <translation>Taktfrequenz in Megahertz.</translation>
    </message>
    <message>
        <source>Their kind.</source>
        <translation>Art.</translation>
    </message>
    <message>
        <source>Its swap space in megabytes. A number; Clacks writes any text.</source>
        <translation>Auslagerungsspeicher in Megabyte. Eine Zahl, in Clacks beliebiger Text.</translation>
    </message>
    <message>
        <source>The kind of virtual machine that it is; Physical when it is none.</source>
        <translation>Art der virtuellen Maschine, sonst Physical.</translation>
    </message>
    <message>
        <source>Its domain or work group.</source>
        <translation>Domäne oder Arbeitsgruppe.</translation>
    </message>
    <message>
        <source>Its name servers.</source>
        <translation>Nameserver.</translation>
    </message>
    <message>
        <source>How long the report took, in seconds. A number; Clacks writes any text.</source>
        <translation>Dauer der Berichterstellung in Sekunden. Eine Zahl, in Clacks beliebiger Text.</translation>
    </message>
    <message>
        <source>Its kind; a number of the inventory agent&apos;s.</source>
        <translation>Art als Nummer des Inventarprogramms.</translation>
    </message>
    <message>
        <source>The firmware and the case.</source>
        <translation>Firmware und Gehäuse.</translation>
    </message>
    <message>
        <source>The date of the firmware.</source>
        <translation>Datum der Firmware.</translation>
    </message>
    <message>
        <source>Who made the firmware.</source>
        <translation>Hersteller der Firmware.</translation>
    </message>
    <message>
        <source>Who made the machine. The name is misspelled in both systems.</source>
        <translation>Hersteller des Hosts. Der Feldname ist in beiden Systemen falsch geschrieben.</translation>
    </message>
    <message>
        <source>Its asset tag.</source>
        <translation>Inventarnummer.</translation>
    </message>
    <message>
        <source>A processor.</source>
        <translation>Ein Prozessor.</translation>
    </message>
    <message>
        <source>How many cores it has.</source>
        <translation>Anzahl der Kerne.</translation>
    </message>
    <message>
        <source>Its clock rate in megahertz. A number; Clacks writes any text.</source>
        <translation>Taktfrequenz in Megahertz. Eine Zahl, in Clacks beliebiger Text.</translation>
    </message>
    <message>
        <source>How many threads each core has.</source>
        <translation>Anzahl der Threads je Kern.</translation>
    </message>
    <message>
        <source>An account that is logged on. GOsa 3 calls the field Login, Clacks calls it User.</source>
        <translation>Ein angemeldetes Konto. Das Feld heißt in GOsa 3 Login, in Clacks User.</translation>
    </message>
    <message>
        <source>The account&apos;s name, in GOsa 3.</source>
        <translation>Name des Kontos in GOsa 3.</translation>
    </message>
    <message>
        <source>The account&apos;s name, in Clacks.</source>
        <translation>Name des Kontos in Clacks.</translation>
    </message>
    <message>
        <source>A printer.</source>
        <translation>Ein Drucker.</translation>
    </message>
    <message>
        <source>Where it is attached.</source>
        <translation>Anschluss.</translation>
    </message>
    <message>
        <source>A virtual machine that runs on this one.</source>
        <translation>Eine virtuelle Maschine auf diesem Host.</translation>
    </message>
    <message>
        <source>Its identifier.</source>
        <translation>Kennung.</translation>
    </message>
    <message>
        <source>Whether it runs.</source>
        <translation>Ob in Betrieb.</translation>
    </message>
    <message>
        <source>What it is made by; kvm, say.</source>
        <translation>Virtualisierung, zum Beispiel kvm.</translation>
    </message>
    <message>
        <source>How many processors it has.</source>
        <translation>Anzahl der Prozessoren.</translation>
    </message>
    <message>
        <source>Its number.</source>
        <translation>Nummer.</translation>
    </message>
    <message>
        <source>A process.</source>
        <translation>Ein Prozess.</translation>
    </message>
    <message>
        <source>Its command line.</source>
        <translation>Befehlszeile.</translation>
    </message>
    <message>
        <source>Its share of a processor in percent.</source>
        <translation>Prozessoranteil in Prozent.</translation>
    </message>
    <message>
        <source>Its share of the memory in percent.</source>
        <translation>Speicheranteil in Prozent.</translation>
    </message>
    <message>
        <source>When it was started. A date and time; Clacks writes any text.</source>
        <translation>Startzeitpunkt. Datum und Uhrzeit, in Clacks beliebiger Text.</translation>
    </message>
    <message>
        <source>Whose it is.</source>
        <translation>Besitzer.</translation>
    </message>
    <message>
        <source>Its address space in kilobytes. A number; Clacks writes any text.</source>
        <translation>Adressraum in Kilobyte. Eine Zahl, in Clacks beliebiger Text.</translation>
    </message>
    <message>
        <source>Its terminal.</source>
        <translation>Terminal.</translation>
    </message>
    <message>
        <source>When the report was made, and for whom.</source>
        <translation>Zeitpunkt des Berichts und Benutzer.</translation>
    </message>
    <message>
        <source>When. A date and time; Clacks writes any text.</source>
        <translation>Zeitpunkt. Datum und Uhrzeit, in Clacks beliebiger Text.</translation>
    </message>
    <message>
        <source>Who was logged on.</source>
        <translation>Angemeldeter Benutzer.</translation>
    </message>
    <message>
        <source>A variable of the environment.</source>
        <translation>Eine Umgebungsvariable.</translation>
    </message>
    <message>
        <source>Its value.</source>
        <translation>Wert.</translation>
    </message>
    <message>
        <source>A device on the USB.</source>
        <translation>Ein USB-Gerät.</translation>
    </message>
    <message>
        <source>The number of its vendor.</source>
        <translation>Herstellernummer.</translation>
    </message>
    <message>
        <source>The number of its product.</source>
        <translation>Produktnummer.</translation>
    </message>
    <message>
        <source>The number of its class.</source>
        <translation>Nummer der Klasse.</translation>
    </message>
    <message>
        <source>The number of its subclass.</source>
        <translation>Nummer der Unterklasse.</translation>
    </message>
    <message>
        <source>A battery.</source>
        <translation>Ein Akku.</translation>
    </message>
    <message>
        <source>Its voltage.</source>
        <translation>Spannung.</translation>
    </message>
    <message>
        <source>When it was made.</source>
        <translation>Herstellungsdatum.</translation>
    </message>
    <message>
        <source>What it is made of.</source>
        <translation>Bauart.</translation>
    </message>
    <message>
        <source>Its capacity.</source>
        <translation>Kapazität.</translation>
    </message>
    <message>
        <source>A virus scanner.</source>
        <translation>Ein Virenscanner.</translation>
    </message>
    <message>
        <source>Whether it is active.</source>
        <translation>Ob aktiv.</translation>
    </message>
    <message>
        <source>Whether its data is up to date.</source>
        <translation>Ob die Daten aktuell sind.</translation>
    </message>
    <message>
        <source>A logical volume.</source>
        <translation>Ein logisches Volume.</translation>
    </message>
    <message>
        <source>The name of its volume group.</source>
        <translation>Name der Volumegruppe.</translation>
    </message>
    <message>
        <source>Its attributes.</source>
        <translation>Attribute.</translation>
    </message>
    <message>
        <source>How many segments it has.</source>
        <translation>Anzahl der Segmente.</translation>
    </message>
    <message>
        <source>A physical volume.</source>
        <translation>Ein physisches Volume.</translation>
    </message>
    <message>
        <source>The device that it is on.</source>
        <translation>Zugehöriges Gerät.</translation>
    </message>
    <message>
        <source>Its format.</source>
        <translation>Format.</translation>
    </message>
    <message>
        <source>The size of its extents.</source>
        <translation>Größe der Extents.</translation>
    </message>
    <message>
        <source>How many extents it has.</source>
        <translation>Anzahl der Extents.</translation>
    </message>
    <message>
        <source>A group of volumes.</source>
        <translation>Eine Volumegruppe.</translation>
    </message>
    <message>
        <source>How many physical volumes are in it.</source>
        <translation>Anzahl der physischen Volumes.</translation>
    </message>
    <message>
        <source>How many logical volumes are in it.</source>
        <translation>Anzahl der logischen Volumes.</translation>
    </message>
    <message>
        <source>Sent by a client after it was asked for it, or when something has changed: its hardware and software. Fields that only GOsa 3 has are optional, and numbers and times, for which Clacks writes any text, are texts.</source>
        <translation>Von einem Client auf Anfrage oder nach einer Änderung gesendet: seine Hardware und Software. Felder, die es nur in GOsa 3 gibt, sind optional. Zahlen und Zeiten, für die Clacks beliebigen Text schreibt, sind Texte.</translation>
    </message>
    <message>
        <source>A checksum by which the backend recognises an inventory that it has already; GOsa 3 only.</source>
        <translation>Prüfsumme, an der das Backend ein bereits bekanntes Inventar erkennt. Nur GOsa 3.</translation>
    </message>
    <message>
        <source>The machine&apos;s name in the inventory, with the date of its first report.</source>
        <translation>Name des Hosts im Inventar mit dem Datum des ersten Berichts.</translation>
    </message>
    <message>
        <source>What the report is about; INVENTORY, say.</source>
        <translation>Art des Berichts, zum Beispiel INVENTORY.</translation>
    </message>
    <message>
        <source>The version of the inventory agent.</source>
        <translation>Version des Inventarprogramms.</translation>
    </message>
    <message>
        <source>The client&apos;s identifier; GOsa 3 only.</source>
        <translation>Kennung des Clients. Nur GOsa 3.</translation>
    </message>
    <message>
        <source>The machine&apos;s identifier in its firmware; GOsa 3 only.</source>
        <translation>Kennung des Hosts in der Firmware. Nur GOsa 3.</translation>
    </message>
    <message>
        <source>The machine&apos;s name; GOsa 3 only.</source>
        <translation>Name des Hosts. Nur GOsa 3.</translation>
    </message>
    <message>
        <source>An account that is logged on.</source>
        <translation>Ein angemeldetes Konto.</translation>
    </message>
    <message>
        <source>A message for the screen of a user. The user&apos;s client shows it at once: people see it.</source>
        <translation>Eine Meldung für den Bildschirm eines Benutzers. Der Client des Benutzers zeigt sie sofort an.</translation>
    </message>
    <message>
        <source>The user, or the client, that it is for.</source>
        <translation>Empfänger: Benutzer oder Client.</translation>
    </message>
    <message>
        <source>Its title.</source>
        <translation>Titel.</translation>
    </message>
    <message>
        <source>Its text.</source>
        <translation>Text.</translation>
    </message>
    <message>
        <source>The name of an icon that is shown beside it.</source>
        <translation>Name eines Symbols, das daneben angezeigt wird.</translation>
    </message>
    <message>
        <source>How long it is shown, in seconds; without it until it is closed.</source>
        <translation>Dauer der Anzeige in Sekunden. Ohne Angabe bis zum Schließen.</translation>
    </message>
    <message>
        <source>Sent when an object of the index was created, changed, moved or removed, so that views which show it can be brought up to date.</source>
        <translation>Gesendet, wenn ein Objekt des Index erstellt, geändert, verschoben oder entfernt wurde, damit Ansichten aktualisiert werden können.</translation>
    </message>
    <message>
        <source>What was done: create, update, move or remove, say.</source>
        <translation>Art der Änderung, zum Beispiel create, update, move oder remove.</translation>
    </message>
    <message>
        <source>How far the closing is.</source>
        <translation>Stand des Schließens.</translation>
    </message>
    <message>
        <source>It will be closed unless the user goes on working on it.</source>
        <translation>Wird geschlossen, falls der Benutzer nicht weiterarbeitet.</translation>
    </message>
    <message>
        <source>It stays open after all.</source>
        <translation>Bleibt doch geöffnet.</translation>
    </message>
    <message>
        <source>It has been closed.</source>
        <translation>Wurde geschlossen.</translation>
    </message>
    <message>
        <source>Sent to a user whose open object has not been worked on for long: it is about to be closed. GOsa 3 only.</source>
        <translation>An einen Benutzer gesendet, dessen geöffnetes Objekt lange nicht bearbeitet wurde und bald geschlossen wird. Nur GOsa 3.</translation>
    </message>
    <message>
        <source>The user who opened it.</source>
        <translation>Benutzer, der das Objekt geöffnet hat.</translation>
    </message>
    <message>
        <source>The session in which it is open.</source>
        <translation>Zugehörige Sitzung.</translation>
    </message>
    <message>
        <source>In how many minutes it will be closed.</source>
        <translation>Minuten bis zum Schließen.</translation>
    </message>
    <message>
        <source>One property and the values that it may have now.</source>
        <translation>Eine Eigenschaft und ihre jetzt möglichen Werte.</translation>
    </message>
    <message>
        <source>The property&apos;s name.</source>
        <translation>Name der Eigenschaft.</translation>
    </message>
    <message>
        <source>The values, as JSON.</source>
        <translation>Die Werte als JSON.</translation>
    </message>
    <message>
        <source>Sent when the values that a property of an object may have are others than before, so that forms offer the new ones. GOsa 3 only.</source>
        <translation>Gesendet, wenn sich die möglichen Werte einer Eigenschaft geändert haben, damit Formulare die neuen anbieten. Nur GOsa 3.</translation>
    </message>
    <message>
        <source>One property.</source>
        <translation>Eine Eigenschaft.</translation>
    </message>
    <message>
        <source>It was answered and goes on.</source>
        <translation>Angenommen, das Gespräch läuft.</translation>
    </message>
    <message>
        <source>Sent by the module for FreeSWITCH: the state of a member of a queue has changed, or something happened to a call. Clacks only.</source>
        <translation>Vom Modul für FreeSWITCH gesendet, wenn sich der Status eines Mitglieds einer Warteschlange oder ein Anruf geändert hat. Nur Clacks.</translation>
    </message>
    <message>
        <source>Sent when a plug-in of the user interface was uploaded: browsers that show it load it again. GOsa 3 only.</source>
        <translation>Gesendet, wenn ein Plug-in der Oberfläche hochgeladen wurde. Browser, die es anzeigen, laden es neu. Nur GOsa 3.</translation>
    </message>
    <message>
        <source>The plug-in&apos;s namespace.</source>
        <translation>Namensraum des Plug-ins.</translation>
    </message>
    <message>
        <source>Sent when a scheduled job was added, changed or removed. Clacks only.</source>
        <translation>Gesendet, wenn ein geplanter Auftrag hinzugefügt, geändert oder entfernt wurde. Nur Clacks.</translation>
    </message>
    <message>
        <source>Sent by the backend to its proxies, which act on it at once. GOsa 3 only.</source>
        <translation>Vom Backend an seine Proxys gesendet, die sofort reagieren. Nur GOsa 3.</translation>
    </message>
    <message>
        <source>What they have to do: at ACLChanged they read the access rules again.</source>
        <translation>Auszuführender Befehl. Bei ACLChanged werden die Zugriffsregeln neu gelesen.</translation>
    </message>
    <message>
        <source>JSON by which a proxy finds out whether it still has to do it.</source>
        <translation>JSON, an dem ein Proxy erkennt, ob der Befehl noch auszuführen ist.</translation>
    </message>
    <message>
        <source>Sent when a user logs on to a client or off it. It lists everybody who is logged on afterwards. Clacks has no Proxied.</source>
        <translation>Gesendet, wenn sich ein Benutzer an einem Client an- oder abmeldet. Enthält alle danach angemeldeten Benutzer. In Clacks ohne Proxied.</translation>
    </message>
    <message>
        <source>Whether a proxy relayed the event to another broker; GOsa 3 only.</source>
        <translation>Ob ein Proxy das Ereignis an einen anderen Broker weitergeleitet hat. Nur GOsa 3.</translation>
    </message>
    <message>
        <source>Sent when a workflow was uploaded, changed or removed. GOsa 3 only.</source>
        <translation>Gesendet, wenn ein Workflow hochgeladen, geändert oder entfernt wurde. Nur GOsa 3.</translation>
    </message>
    <message>
        <source>The workflow&apos;s identifier.</source>
        <translation>Kennung des Workflows.</translation>
    </message>
    <message>
        <source>What was done: create, update or remove, say.</source>
        <translation>Art der Änderung, zum Beispiel create, update oder remove.</translation>
    </message>
</context>
<context>
    <name>SchemaActions</name>
    <message>
        <source>Name of the event&apos;s element, for example DoorOpened</source>
        <translation>Name des Elements, zum Beispiel DoorOpened</translation>
    </message>
    <message>
        <source>New event type</source>
        <translation>Neuer Ereignistyp</translation>
    </message>
    <message>
        <source>The schema was not written: %1</source>
        <translation>Das Schema wurde nicht angelegt: %1</translation>
    </message>
    <message>
        <source>%1 was written and is read whenever it is saved.</source>
        <translation>%1 wurde angelegt und wird nach jedem Speichern eingelesen.</translation>
    </message>
    <message>
        <source>No program opens %1.</source>
        <translation>Kein Programm öffnet %1.</translation>
    </message>
    <message numerus="yes">
        <source>(%Ln more schema(s) cannot be used)</source>
        <translation>
            <numerusform>(%Ln weiteres Schema ist nicht verwendbar)</numerusform>
            <numerusform>(%Ln weitere Schemas sind nicht verwendbar)</numerusform>
        </translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>Schema folder</source>
        <translation>Schema-Ordner</translation>
    </message>
    <message>
        <source>%1: the event type %2 can be used.</source>
        <translation>%1: Der Ereignistyp %2 ist verwendbar.</translation>
    </message>
    <message>
        <source>Compose %1</source>
        <translation>%1 verfassen</translation>
    </message>
</context>
<context>
    <name>SchemaBanner</name>
    <message>
        <source>Read the schema again</source>
        <translation>Schema neu einlesen</translation>
    </message>
    <message>
        <source>The schema of %1 can be used now.</source>
        <translation>Das Schema von %1 ist jetzt verwendbar.</translation>
    </message>
    <message>
        <source>No schema defines %1 any longer. The form is as it was.</source>
        <translation>Für %1 gibt es kein Schema mehr. Das Formular bleibt, wie es war.</translation>
    </message>
    <message>
        <source>The form is as it was before.</source>
        <translation>Das Formular bleibt, wie es war.</translation>
    </message>
    <message>
        <source>The schema of %1 has changed.</source>
        <translation>Das Schema von %1 wurde geändert.</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>Include this part</source>
        <translation>Diesen Teil senden</translation>
    </message>
    <message>
        <source>Open or close {0}</source>
        <translation>{0} auf- oder zuklappen</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>&amp;Set</source>
        <translation>&amp;Setzen</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>Kürzel</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>&amp;New shortcut</source>
        <translation>&amp;Neues Kürzel</translation>
    </message>
    <message>
        <source>New shortcut</source>
        <translation>Neues Kürzel</translation>
    </message>
    <message>
        <source>Reset &amp;all</source>
        <translation>&amp;Alle zurücksetzen</translation>
    </message>
    <message>
        <source>%1 already has this shortcut and would lose it.</source>
        <translation>%1 hat dieses Kürzel bereits und würde es verlieren.</translation>
    </message>
</context>
<context>
    <name>ShownBars</name>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln span(s)</source>
        <translation>
            <numerusform>%Ln Zeitraum</numerusform>
            <numerusform>%Ln Zeiträume</numerusform>
        </translation>
    </message>
    <message>
        <source>There was a gap meanwhile. The state may have ended earlier.</source>
        <translation>Währenddessen gab es eine Lücke. Der Status kann früher geendet haben.</translation>
    </message>
</context>
<context>
    <name>SpanActions</name>
    <message>
        <source>Spans</source>
        <translation>Zeiträume</translation>
    </message>
</context>
<context>
    <name>SpanChip</name>
    <message>
        <source>Show all times again</source>
        <translation>Wieder alle Zeiten anzeigen</translation>
    </message>
</context>
<context>
    <name>SpansPane</name>
    <message>
        <source>Gaps</source>
        <translation>Lücken</translation>
    </message>
    <message>
        <source>Spans of</source>
        <translation>Zeiträume von</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search for names in the spans</source>
        <translation>Namen in den Zeiträumen suchen</translation>
    </message>
    <message>
        <source>Lanes</source>
        <translation>Spuren</translation>
    </message>
    <message>
        <source>Spans over time</source>
        <translation>Zeiträume über der Zeit</translation>
    </message>
    <message>
        <source>reading the capture…</source>
        <translation>Aufzeichnung wird gelesen …</translation>
    </message>
    <message>
        <source>%1 to %2 of %3</source>
        <translation>%1 bis %2 von %3</translation>
    </message>
    <message>
        <source>Gap: events could be missed</source>
        <translation>Lücke: Ereignisse können fehlen</translation>
    </message>
</context>
<context>
    <name>SpansPlot</name>
    <message>
        <source>reading…</source>
        <translation>wird gelesen …</translation>
    </message>
    <message>
        <source>No spans in this time</source>
        <translation>Keine Zeiträume in dieser Zeit</translation>
    </message>
    <message>
        <source>Left and Right go to the next bar, Up and Down to another lane, Enter shows the events of the bar.</source>
        <translation>Links und Rechts wählen den nächsten Balken, Auf und Ab eine andere Spur, die Eingabetaste zeigt die Ereignisse des Balkens an.</translation>
    </message>
</context>
<context>
    <name>StatisticsActions</name>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>Selected: %1</source>
        <translation>Ausgewählt: %1</translation>
    </message>
    <message>
        <source>Whole capture: %1</source>
        <translation>Ganze Aufzeichnung: %1</translation>
    </message>
</context>
<context>
    <name>StatisticsPane</name>
    <message>
        <source>Count &amp;by</source>
        <translation>&amp;Zählen nach</translation>
    </message>
    <message>
        <source>F&amp;ield</source>
        <translation>Fe&amp;ld</translation>
    </message>
    <message>
        <source>Even&amp;ts per</source>
        <translation>Ereignisse &amp;je</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Field of the event</source>
        <translation>Feld des Ereignisses</translation>
    </message>
    <message>
        <source>second</source>
        <translation>Sekunde</translation>
    </message>
    <message>
        <source>minute</source>
        <translation>Minute</translation>
    </message>
    <message>
        <source>hour</source>
        <translation>Stunde</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>(ohne)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s)</source>
        <translation>
            <numerusform>%Ln Wert</numerusform>
            <numerusform>%Ln Werte</numerusform>
        </translation>
    </message>
    <message>
        <source>counting %1 %</source>
        <translation>Auswertung: %1&#xa0;%</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Received events</source>
        <translation>Empfangene Ereignisse</translation>
    </message>
    <message>
        <source>Shown events</source>
        <translation>Angezeigte Ereignisse</translation>
    </message>
    <message>
        <source>Hidden events</source>
        <translation>Ausgeblendete Ereignisse</translation>
    </message>
    <message>
        <source>Invalid events</source>
        <translation>Ungültige Ereignisse</translation>
    </message>
    <message>
        <source>Dropped events</source>
        <translation>Verworfene Ereignisse</translation>
    </message>
    <message>
        <source>Gaps</source>
        <translation>Lücken</translation>
    </message>
    <message>
        <source>Events per second</source>
        <translation>Ereignisse je Sekunde</translation>
    </message>
    <message>
        <source>Events dropped because they arrived too fast</source>
        <translation>Ereignisse, die wegen zu hoher Rate verworfen wurden</translation>
    </message>
    <message>
        <source>Invalid messages. Click: newest, F8: next</source>
        <translation>Ungültige Nachrichten. Klick: neueste, F8: nächste</translation>
    </message>
    <message>
        <source>Times without a connection or storage. Click: newest, F8: next</source>
        <translation>Zeiten ohne Empfang. Klick: neueste, F8: nächste</translation>
    </message>
    <message>
        <source>Received and hidden by the filter or the profiles</source>
        <translation>Empfangen, aber durch Filter oder Profile ausgeblendet</translation>
    </message>
    <message>
        <source>Message, or state of the broker filter</source>
        <translation>Meldung oder Status des Brokerfilters</translation>
    </message>
    <message>
        <source>Capture file</source>
        <translation>Aufzeichnungsdatei</translation>
    </message>
    <message>
        <source>received</source>
        <translation>empfangen</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>angezeigt</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>ausgeblendet</translation>
    </message>
    <message>
        <source>invalid</source>
        <translation>ungültig</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>gap</source>
        <translation>Lücke</translation>
    </message>
    <message>
        <source>gaps</source>
        <translation>Lücken</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>nicht gespeichert</translation>
    </message>
    <message>
        <source>Selected rows and the time between them</source>
        <translation>Ausgewählte Zeilen und ihr zeitlicher Abstand</translation>
    </message>
    <message>
        <source>Received events are in a temporary capture of this size. Save it to keep them.</source>
        <translation>Empfangene Ereignisse stehen in einer temporären Aufzeichnung dieser Größe. Wird sie gespeichert, bleiben sie erhalten.</translation>
    </message>
</context>
<context>
    <name>SubscriptionActions</name>
    <message>
        <source>Broker filter: %1</source>
        <translation>Brokerfilter: %1</translation>
    </message>
    <message>
        <source>Broker filter of %2: %1</source>
        <translation>Brokerfilter von %2: %1</translation>
    </message>
    <message>
        <source>Receive all events again</source>
        <translation>Wieder alle Ereignisse empfangen</translation>
    </message>
    <message>
        <source>The broker filter belongs to a connection. Connect first.</source>
        <translation>Der Brokerfilter gehört zu einer Verbindung. Stellen Sie zuerst eine Verbindung her.</translation>
    </message>
    <message>
        <source>Receive only events from %1 that match the current filter? Other events are not recorded.</source>
        <translation>Von %1 nur Ereignisse empfangen, die zum aktuellen Filter passen? Andere Ereignisse werden nicht aufgezeichnet.</translation>
    </message>
    <message>
        <source>Remove the broker filter and receive all events from %1?</source>
        <translation>Brokerfilter entfernen und wieder alle Ereignisse von %1 empfangen?</translation>
    </message>
    <message>
        <source>Broker filter</source>
        <translation>Brokerfilter</translation>
    </message>
</context>
<context>
    <name>TableColumns</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message numerus="yes">
        <source>There are already %Ln such columns. Remove one first.</source>
        <translation>
            <numerusform>Es gibt bereits %Ln solche Spalte. Entfernen Sie zuerst eine.</numerusform>
            <numerusform>Es gibt bereits %Ln solche Spalten. Entfernen Sie zuerst eine.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Target</name>
    <message>
        <source>the exchange</source>
        <translation>den Exchange</translation>
    </message>
    <message>
        <source>Directly to the exchange. The event is not checked.</source>
        <translation>Direkt an den Exchange. Das Ereignis wird nicht geprüft.</translation>
    </message>
    <message>
        <source>the agent</source>
        <translation>den Agenten</translation>
    </message>
    <message>
        <source>The agent checks the event and your permissions, then publishes it.</source>
        <translation>Der Agent prüft das Ereignis und Ihre Rechte und veröffentlicht es dann.</translation>
    </message>
    <message>
        <source>production</source>
        <translation>Produktivsystem</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>Lesezugriff</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>Production: events sent to {0} affect real machines and users.</source>
        <translation>Produktivsystem: An {0} gesendete Ereignisse wirken auf echte Rechner und Benutzer.</translation>
    </message>
    <message>
        <source>No connection to send to.</source>
        <translation>Keine Verbindung zum Senden vorhanden.</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Send invalid event to {0} through the agent</source>
        <translation>Fehlerhaftes Ereignis über den Agenten an {0} senden</translation>
    </message>
    <message>
        <source>Send to {0} through the agent</source>
        <translation>Über den Agenten an {0} senden</translation>
    </message>
    <message>
        <source>Send invalid event to {0}</source>
        <translation>Fehlerhaftes Ereignis an {0} senden</translation>
    </message>
    <message>
        <source>Send to {0}</source>
        <translation>An {0} senden</translation>
    </message>
    <message>
        <source>The topic that the event is published on</source>
        <translation>Topic, auf dem das Ereignis veröffentlicht wird</translation>
    </message>
    <message>
        <source>throu&amp;gh topic</source>
        <translation>&amp;über Topic</translation>
    </message>
    <message>
        <source>Enter the topic to send to: one without the wildcards + and #.</source>
        <translation>Geben Sie das Topic an, an das gesendet wird. Es darf die Platzhalter + und # nicht enthalten.</translation>
    </message>
</context>
<context>
    <name>TemplateDialog</name>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>N&amp;otes</source>
        <translation>No&amp;tizen</translation>
    </message>
</context>
<context>
    <name>TemplateTree</name>
    <message>
        <source>No templates yet. “Save this event” stores the current event under a name.</source>
        <translation>Noch keine Vorlagen. „Dieses Ereignis speichern“ legt das aktuelle Ereignis unter einem Namen ab.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more template(s)…</source>
        <translation>
            <numerusform>%Ln weitere Vorlage&#xa0;…</numerusform>
            <numerusform>%Ln weitere Vorlagen&#xa0;…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TemplatesPane</name>
    <message numerus="yes">
        <source>%Ln more file(s) cannot be read.</source>
        <translation>
            <numerusform>%Ln weitere Datei kann nicht gelesen werden.</numerusform>
            <numerusform>%Ln weitere Dateien können nicht gelesen werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Import templates</source>
        <translation>Vorlagen importieren</translation>
    </message>
    <message>
        <source>Templates and events (*.json *.xml);;All files (*)</source>
        <translation>Vorlagen und Ereignisse (*.json *.xml);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Export template</source>
        <translation>Vorlage exportieren</translation>
    </message>
    <message>
        <source>Template with notes (*.json);;Plain XML (*.xml)</source>
        <translation>Vorlage mit Notizen (*.json);;Nur XML (*.xml)</translation>
    </message>
    <message>
        <source>Templates by folder</source>
        <translation>Vorlagen nach Ordnern</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>&amp;Compose from template</source>
        <translation>Aus &amp;Vorlage verfassen</translation>
    </message>
    <message>
        <source>&amp;Save this event…</source>
        <translation>Dieses Ereignis &amp;speichern&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Name and notes…</source>
        <translation>Na&amp;me und Notizen&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Replace with this event</source>
        <translation>Durch dieses Ereignis erse&amp;tzen</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Undo delete</source>
        <translation>Löschen &amp;rückgängig machen</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren&#xa0;…</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportieren&#xa0;…</translation>
    </message>
</context>
<context>
    <name>TextViewer</name>
    <message>
        <source>&amp;Previous page</source>
        <translation>&amp;Vorige Seite</translation>
    </message>
    <message>
        <source>&amp;Next page</source>
        <translation>&amp;Nächste Seite</translation>
    </message>
    <message>
        <source>Copy &amp;all</source>
        <translation>&amp;Alles kopieren</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>&amp;Speichern unter&#xa0;…</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen&#xa0;…</translation>
    </message>
    <message>
        <source>Text of the page</source>
        <translation>Text der Seite</translation>
    </message>
    <message>
        <source>Find in the whole text</source>
        <translation>Im ganzen Text suchen</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Pa&amp;ge</source>
        <translation>Sei&amp;te</translation>
    </message>
    <message>
        <source>Too large for the clipboard. Save it to a file.</source>
        <translation>Zu groß für die Zwischenablage. Speichern Sie den Text als Datei.</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft&#xa0;…</translation>
    </message>
    <message>
        <source>Not found: %1</source>
        <translation>Nicht gefunden: %1</translation>
    </message>
    <message>
        <source>Found at byte %1</source>
        <translation>Gefunden bei Byte %1</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Save the whole text</source>
        <translation>Ganzen Text speichern</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert&#xa0;…</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Cannot be read: %1</source>
        <translation>Kann nicht gelesen werden: %1</translation>
    </message>
</context>
<context>
    <name>TimeReference</name>
    <message numerus="yes">
        <source>%Ln row(s) selected</source>
        <translation>
            <numerusform>%Ln Zeile ausgewählt</numerusform>
            <numerusform>%Ln Zeilen ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Time reference removed</source>
        <translation>Zeitreferenz entfernt</translation>
    </message>
    <message>
        <source>Time reference: %1</source>
        <translation>Zeitreferenz: %1</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>No events in this time</source>
        <translation>Keine Ereignisse in dieser Zeit</translation>
    </message>
    <message>
        <source>Events over time. Arrow keys move the cursor, Shift selects, Enter shows only the selection.</source>
        <translation>Ereignisse im Zeitverlauf. Pfeiltasten bewegen den Cursor, mit Umschalttaste wird ausgewählt, die Eingabetaste zeigt nur die Auswahl an.</translation>
    </message>
    <message>
        <source>max. %1 per second</source>
        <translation>max. %1 pro Sekunde</translation>
    </message>
    <message>
        <source>max. %1 in %2</source>
        <translation>max. %1 in %2</translation>
    </message>
    <message>
        <source>%1: %2 shown of %3</source>
        <translation>%1: %2 von %3 angezeigt</translation>
    </message>
</context>
<context>
    <name>TimesPage</name>
    <message>
        <source>&amp;Date for today&apos;s events, too</source>
        <translation>&amp;Datum auch bei heutigen Ereignissen</translation>
    </message>
    <message>
        <source>Local time (%1)</source>
        <translation>Ortszeit (%1)</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Milliseconds</source>
        <translation>Millisekunden</translation>
    </message>
    <message>
        <source>Microseconds</source>
        <translation>Mikrosekunden</translation>
    </message>
    <message>
        <source>Time &amp;zone</source>
        <translation>Zeitzo&amp;ne</translation>
    </message>
    <message>
        <source>P&amp;recision</source>
        <translation>&amp;Genauigkeit</translation>
    </message>
    <message>
        <source>Events of other days always have their date.</source>
        <translation>Ereignisse anderer Tage haben immer ein Datum.</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>Beispiel</translation>
    </message>
</context>
<context>
    <name>Timing</name>
    <message>
        <source>Timeline: whole capture</source>
        <translation>Zeitleiste: ganze Aufzeichnung</translation>
    </message>
    <message>
        <source>Timeline: last %1</source>
        <translation>Zeitleiste (Dauer: %1)</translation>
    </message>
    <message>
        <source>Only %1 to %2. To show all: Escape in the timeline, or View &gt; Show all times</source>
        <translation>Nur %1 bis %2. Alle anzeigen: Esc in der Zeitleiste oder „Ansicht“ &gt; „Alle Zeiten anzeigen“</translation>
    </message>
    <message>
        <source>All times shown</source>
        <translation>Alle Zeiten angezeigt</translation>
    </message>
</context>
<context>
    <name>TroubleBar</name>
    <message>
        <source>Problem</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message numerus="yes">
        <source>(%Ln more)</source>
        <translation>
            <numerusform>(%Ln weitere)</numerusform>
            <numerusform>(%Ln weitere)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TroubleWalk</name>
    <message>
        <source>Search wrapped</source>
        <translation>Suche am anderen Ende fortgesetzt</translation>
    </message>
    <message>
        <source>Hidden by the filter. %1 shows all.</source>
        <translation>Vom Filter ausgeblendet. %1 zeigt alle an.</translation>
    </message>
    <message>
        <source>None found</source>
        <translation>Keine vorhanden</translation>
    </message>
</context>
<context>
    <name>TypeChooser</name>
    <message>
        <source>line {0}, column {1}</source>
        <translation>Zeile {0}, Spalte {1}</translation>
    </message>
    <message>
        <source>type part of the name</source>
        <translation>Teil des Namens eingeben</translation>
    </message>
    <message>
        <source>no documentation</source>
        <translation>keine Dokumentation</translation>
    </message>
    <message>
        <source>cannot be used: {0}</source>
        <translation>nicht verwendbar: {0}</translation>
    </message>
    <message>
        <source>edited as XML: {0}</source>
        <translation>wird als XML bearbeitet: {0}</translation>
    </message>
</context>
<context>
    <name>TypesModel</name>
    <message numerus="yes">
        <source>%1: %Ln event(s) of further types, last %2</source>
        <translation>
            <numerusform>%1: %Ln Ereignis weiterer Typen, zuletzt %2</numerusform>
            <numerusform>%1: %Ln Ereignisse weiterer Typen, zuletzt %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln event(s), last %2</source>
        <translation>
            <numerusform>%1: %Ln Ereignis, zuletzt %2</numerusform>
            <numerusform>%1: %Ln Ereignisse, zuletzt %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TypesView</name>
    <message>
        <source>Event types</source>
        <translation>Ereignistypen</translation>
    </message>
    <message>
        <source>Enter or a click shows only the events of the type.</source>
        <translation>Eingabetaste oder Klick zeigt nur die Ereignisse des Typs an.</translation>
    </message>
    <message>
        <source>(no event)</source>
        <translation>(kein Ereignis)</translation>
    </message>
    <message>
        <source>(more types)</source>
        <translation>(weitere Typen)</translation>
    </message>
</context>
<context>
    <name>ValueMenus</name>
    <message>
        <source>With Shift it is only written to the filter bar.</source>
        <translation>Mit der Umschalttaste nur in die Filterzeile schreiben.</translation>
    </message>
    <message>
        <source>And</source>
        <translation>Und</translation>
    </message>
    <message>
        <source>Or</source>
        <translation>Oder</translation>
    </message>
    <message>
        <source>Show as column</source>
        <translation>Als Spalte anzeigen</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>Wert kopieren</translation>
    </message>
    <message>
        <source>Containing “%1”</source>
        <translation>Enthält „%1“</translation>
    </message>
    <message>
        <source>Only %1 = “%2”</source>
        <translation>Nur %1 = „%2“</translation>
    </message>
    <message>
        <source>Exclude %1 = “%2”</source>
        <translation>%1 = „%2“ ausschließen</translation>
    </message>
    <message>
        <source>%1 containing “%2”</source>
        <translation>%1 enthält „%2“</translation>
    </message>
    <message>
        <source>Only events with %1</source>
        <translation>Nur Ereignisse mit %1</translation>
    </message>
    <message>
        <source>Only events without %1</source>
        <translation>Nur Ereignisse ohne %1</translation>
    </message>
    <message>
        <source>Only %1</source>
        <translation>Nur %1 anzeigen</translation>
    </message>
    <message>
        <source>Exclude %1</source>
        <translation>%1 ausschließen</translation>
    </message>
    <message>
        <source>Path too long for a filter</source>
        <translation>Pfad zu lang für einen Filter</translation>
    </message>
    <message>
        <source>%1 starting with “%2”</source>
        <translation>%1 beginnt mit „%2“</translation>
    </message>
    <message>
        <source>Chart over time</source>
        <translation>Zeitdiagramm</translation>
    </message>
</context>
<context>
    <name>ValueRow</name>
    <message>
        <source>Send {0}</source>
        <translation>{0} senden</translation>
    </message>
    <message>
        <source>Send this field</source>
        <translation>Dieses Feld senden</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>Erforderlich</translation>
    </message>
    <message>
        <source>{0} (attribute)</source>
        <translation>{0} (Attribut)</translation>
    </message>
    <message>
        <source>{0}, required</source>
        <translation>{0}, erforderlich</translation>
    </message>
    <message>
        <source>{0} characters: too long to be edited here. The value is sent unchanged.</source>
        <translation>{0} Zeichen: zu lang zum Bearbeiten. Der Wert wird unverändert gesendet.</translation>
    </message>
    <message>
        <source>next: {0}</source>
        <translation>nächster: {0}</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>nicht gesendet</translation>
    </message>
    <message>
        <source>default: {0}</source>
        <translation>Vorgabe: {0}</translation>
    </message>
    <message>
        <source>add…</source>
        <translation>hinzufügen&#xa0;…</translation>
    </message>
</context>
<context>
    <name>ViewActions</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message numerus="yes">
        <source>Resume (%Ln new)</source>
        <translation>
            <numerusform>Fortsetzen (%Ln neues)</numerusform>
            <numerusform>Fortsetzen (%Ln neue)</numerusform>
        </translation>
    </message>
    <message>
        <source>Table cleared. The capture keeps all events; View &gt; Show cleared events again restores them.</source>
        <translation>Tabelle geleert. Die Aufzeichnung behält alle Ereignisse; „Ansicht“ &gt; „Geleerte Ereignisse wieder anzeigen“ stellt sie wieder her.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
</context>
<context>
    <name>WebhookPage</name>
    <message>
        <source>URL reviewed; &amp;allow posting to it from this computer</source>
        <translation>URL geprüft, Senden von diesem Rechner &amp;erlauben</translation>
    </message>
    <message>
        <source>Send a t&amp;est</source>
        <translation>Te&amp;st senden</translation>
    </message>
    <message>
        <source>Each alert of this profile is sent to this URL as an HTTP POST.</source>
        <translation>Jeder Alarm dieses Profils wird als HTTP-POST an diese URL gesendet.</translation>
    </message>
    <message>
        <source>no webhook; for example https://chat.example/hooks/...</source>
        <translation>kein Webhook; zum Beispiel https://chat.example/hooks/...</translation>
    </message>
    <message>
        <source>JSON: text, profile, count and the event</source>
        <translation>JSON: Text, Profil, Anzahl und das Ereignis</translation>
    </message>
    <message>
        <source>the event&apos;s XML</source>
        <translation>das XML des Ereignisses</translation>
    </message>
    <message>
        <source>&amp;URL</source>
        <translation>&amp;URL</translation>
    </message>
    <message>
        <source>C&amp;ontent</source>
        <translation>&amp;Inhalt</translation>
    </message>
    <message>
        <source>What is sent, and where</source>
        <translation>Inhalt und Ziel der Sendung</translation>
    </message>
    <message>
        <source>TLS, certificate verified</source>
        <translation>TLS, Zertifikat geprüft</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>unverschlüsselt</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>This profile has no alert yet: choose when on the page Alert.</source>
        <translation>Dieses Profil löst noch keinen Alarm aus. Auf der Seite Alarm einstellen, wann.</translation>
    </message>
    <message>
        <source>Scroll to the end to allow it.</source>
        <translation>Zum Erlauben bis zum Ende blättern.</translation>
    </message>
    <message>
        <source>Without TLS others in the network can read the events.</source>
        <translation>Ohne TLS können andere im Netz die Ereignisse mitlesen.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet …</translation>
    </message>
    <message>
        <source>Webhook: %1</source>
        <translation>Webhook: %1</translation>
    </message>
    <message>
        <source>%1, port %2 (%3)</source>
        <translation>%1, Port %2 (%3)</translation>
    </message>
</context>
<context>
    <name>WindowFrame</name>
    <message>
        <source>Toolbar</source>
        <translation>Werkzeugleiste</translation>
    </message>
</context>
<context>
    <name>_Chip</name>
    <message>
        <source>Remove {0}</source>
        <translation>{0} entfernen</translation>
    </message>
</context>
<context>
    <name>_Panel</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>_Plurals</name>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln Minute</numerusform>
            <numerusform>%Ln Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s)</source>
        <translation>
            <numerusform>%Ln Stunde</numerusform>
            <numerusform>%Ln Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln Tag</numerusform>
            <numerusform>%Ln Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln byte(s)</source>
        <translation>
            <numerusform>%Ln Byte</numerusform>
            <numerusform>%Ln Bytes</numerusform>
        </translation>
    </message>
</context>
</TS>
