<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Alarms</name>
    <message numerus="yes">
        <source>%1: %n event(s) matched</source>
        <translation>
            <numerusform>%1: %n event matched</numerusform>
            <numerusform>%1: %n events matched</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n alert</numerusform>
            <numerusform>%n alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BinaryEditor</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BothSides</name>
    <message numerus="yes">
        <source>%n byte(s) that are no text</source>
        <translation>
            <numerusform>%n byte that is no text</numerusform>
            <numerusform>%n bytes that are no text</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BurstPane</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CaptureActions</name>
    <message numerus="yes">
        <source>When it is left, its %n entries are lost.</source>
        <translation>
            <numerusform>When it is left, its %n entry is lost.</numerusform>
            <numerusform>When it is left, its %n entries are lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CaptureJobs</name>
    <message numerus="yes">
        <source>%n entries exported to %1</source>
        <translation>
            <numerusform>%n entry exported to %1</numerusform>
            <numerusform>%n entries exported to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries imported</source>
        <translation>
            <numerusform>%n entry imported</numerusform>
            <numerusform>%n entries imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries saved as %1.</source>
        <translation>
            <numerusform>%n entry saved as %1.</numerusform>
            <numerusform>%n entries saved as %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries merged into %1.</source>
        <translation>
            <numerusform>%n entry merged into %1.</numerusform>
            <numerusform>%n entries merged into %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries split into %1 and %2.</source>
        <translation>
            <numerusform>%n entry split into %1 and %2.</numerusform>
            <numerusform>%n entries split into %1 and %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more like it.</source>
        <translation>
            <numerusform>%n more like it.</numerusform>
            <numerusform>%n more like it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DetailPane</name>
    <message numerus="yes">
        <source>%1, %n byte(s)</source>
        <translation>
            <numerusform>%1, %n byte</numerusform>
            <numerusform>%1, %n bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more character(s); copy the XML to have them all.</source>
        <translation>
            <numerusform>%n more character; copy the XML to have them all.</numerusform>
            <numerusform>%n more characters; copy the XML to have them all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DifferenceDialog</name>
    <message numerus="yes">
        <source>%n line(s) differ</source>
        <translation>
            <numerusform>%n line differs</numerusform>
            <numerusform>%n lines differ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Dispatch</name>
    <message numerus="yes">
        <source>%n problem(s): put them right, or choose to send it broken.</source>
        <translation>
            <numerusform>%n problem: put it right, or choose to send it broken.</numerusform>
            <numerusform>%n problems: put them right, or choose to send it broken.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DurationEditor</name>
    <message numerus="yes">
        <source>%n year(s)</source>
        <translation>
            <numerusform>%n year</numerusform>
            <numerusform>%n years</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n month</numerusform>
            <numerusform>%n months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message numerus="yes">
        <source>%n event(s) hidden</source>
        <translation>
            <numerusform>%n event hidden</numerusform>
            <numerusform>%n events hidden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventActions</name>
    <message numerus="yes">
        <source>%n row(s) copied</source>
        <translation>
            <numerusform>%n row copied</numerusform>
            <numerusform>%n rows copied</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventTable</name>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportActions</name>
    <message numerus="yes">
        <source>%n entries copied</source>
        <translation>
            <numerusform>%n entry copied</numerusform>
            <numerusform>%n entries copied</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilterState</name>
    <message numerus="yes">
        <source>%n would raise an error that the broker hides.</source>
        <translation>
            <numerusform>%n would raise an error that the broker hides.</numerusform>
            <numerusform>%n would raise an error that the broker hides.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message numerus="yes">
        <source>%n hidden</source>
        <translation>
            <numerusform>%n hidden</numerusform>
            <numerusform>%n hidden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n too slow to tell</source>
        <translation>
            <numerusform>%n too slow to tell</numerusform>
            <numerusform>%n too slow to tell</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>Go on (%n new)</source>
        <translation>
            <numerusform>Go on (%n new)</numerusform>
            <numerusform>Go on (%n new)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProfileActions</name>
    <message numerus="yes">
        <source>Profile %1 is imported, but %n of its samples fail: see Edit profile, Tests.</source>
        <translation>
            <numerusform>Profile %1 is imported, but %n of its samples fails: see Edit profile, Tests.</numerusform>
            <numerusform>Profile %1 is imported, but %n of its samples fail: see Edit profile, Tests.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProfileDialog</name>
    <message numerus="yes">
        <source>(%n of %1 fail)</source>
        <translation>
            <numerusform>(%n of %1 fails)</numerusform>
            <numerusform>(%n of %1 fail)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProfilesView</name>
    <message numerus="yes">
        <source>%n active</source>
        <translation>
            <numerusform>%n active</numerusform>
            <numerusform>%n active</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecoveryDialog</name>
    <message numerus="yes">
        <source>%n entries were saved as %1.</source>
        <translation>
            <numerusform>%n entry was saved as %1.</numerusform>
            <numerusform>%n entries were saved as %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read.</source>
        <translation>
            <numerusform>%n could not be read.</numerusform>
            <numerusform>%n could not be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RepeatSection</name>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReplayBar</name>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not accepted</source>
        <translation>
            <numerusform>%n not accepted</numerusform>
            <numerusform>%n not accepted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatisticsPane</name>
    <message numerus="yes">
        <source>%n value(s)</source>
        <translation>
            <numerusform>%n value</numerusform>
            <numerusform>%n values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableColumns</name>
    <message numerus="yes">
        <source>There are %n such columns already; remove one first.</source>
        <translation>
            <numerusform>There is %n such column already; remove it first.</numerusform>
            <numerusform>There are %n such columns already; remove one first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TroubleBar</name>
    <message numerus="yes">
        <source>(%n more before)</source>
        <translation>
            <numerusform>(%n more before)</numerusform>
            <numerusform>(%n more before)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Words</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
</TS>
