<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
    <name>ComposeWindow</name>
    <message numerus="yes">
        <source>%n byte(s) that are no text</source>
        <translation>
            <numerusform>%n byte that is no text</numerusform>
            <numerusform>%n bytes that are no text</numerusform>
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
</TS>
