<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AlertList</name>
    <message numerus="yes">
        <source>%1: %Ln event(s) matched</source>
        <translation>
            <numerusform>%1: %Ln event matched</numerusform>
            <numerusform>%1: %Ln events matched</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln alert</numerusform>
            <numerusform>%Ln alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BinaryEditor</name>
    <message numerus="yes">
        <source>%Ln byte(s)</source>
        <translation>
            <numerusform>%Ln byte</numerusform>
            <numerusform>%Ln bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BurstPane</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CaptureJobs</name>
    <message numerus="yes">
        <source>%Ln entries exported to %1</source>
        <translation>
            <numerusform>%Ln entry exported to %1</numerusform>
            <numerusform>%Ln entries exported to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries copied</source>
        <translation>
            <numerusform>%Ln entry copied</numerusform>
            <numerusform>%Ln entries copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries imported</source>
        <translation>
            <numerusform>%Ln entry imported</numerusform>
            <numerusform>%Ln entries imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries saved as %1.</source>
        <translation>
            <numerusform>%Ln entry saved as %1.</numerusform>
            <numerusform>%Ln entries saved as %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries merged into %1.</source>
        <translation>
            <numerusform>%Ln entry merged into %1.</numerusform>
            <numerusform>%Ln entries merged into %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries split into %1 and %2.</source>
        <translation>
            <numerusform>%Ln entry split into %1 and %2.</numerusform>
            <numerusform>%Ln entries split into %1 and %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more.</source>
        <translation>
            <numerusform>%Ln more.</numerusform>
            <numerusform>%Ln more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectionActions</name>
    <message numerus="yes">
        <source>%Ln without connection</source>
        <translation>
            <numerusform>%Ln without connection</numerusform>
            <numerusform>%Ln without connection</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CopyActions</name>
    <message numerus="yes">
        <source>%Ln delivery(s) of one message</source>
        <translation>
            <numerusform>%Ln delivery of one message</numerusform>
            <numerusform>%Ln deliveries of one message</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DetailPane</name>
    <message numerus="yes">
        <source>%Ln event(s) could be stored neither on disk nor in memory.</source>
        <translation>
            <numerusform>%Ln event could be stored neither on disk nor in memory.</numerusform>
            <numerusform>%Ln events could be stored neither on disk nor in memory.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DifferenceDialog</name>
    <message numerus="yes">
        <source>%Ln line(s) differ</source>
        <translation>
            <numerusform>%Ln line differs</numerusform>
            <numerusform>%Ln lines differ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Dispatch</name>
    <message numerus="yes">
        <source>%Ln problem(s): fix them or tick “Send anyway”.</source>
        <translation>
            <numerusform>%Ln problem: fix it or tick “Send anyway”.</numerusform>
            <numerusform>%Ln problems: fix them or tick “Send anyway”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln required field(s) are empty.</source>
        <translation>
            <numerusform>%Ln required field is empty.</numerusform>
            <numerusform>%Ln required fields are empty.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DurationEditor</name>
    <message numerus="yes">
        <source>%Ln year(s)</source>
        <translation>
            <numerusform>%Ln year</numerusform>
            <numerusform>%Ln years</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln month(s)</source>
        <translation>
            <numerusform>%Ln month</numerusform>
            <numerusform>%Ln months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s)</source>
        <translation>
            <numerusform>%Ln hour</numerusform>
            <numerusform>%Ln hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln minute</numerusform>
            <numerusform>%Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln second(s)</source>
        <translation>
            <numerusform>%Ln second</numerusform>
            <numerusform>%Ln seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message numerus="yes">
        <source>%Ln event(s) hidden</source>
        <translation>
            <numerusform>%Ln event hidden</numerusform>
            <numerusform>%Ln events hidden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventActions</name>
    <message numerus="yes">
        <source>%Ln row(s) copied</source>
        <translation>
            <numerusform>%Ln row copied</numerusform>
            <numerusform>%Ln rows copied</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventFacts</name>
    <message numerus="yes">
        <source>%1, %Ln byte(s)</source>
        <translation>
            <numerusform>%1, %Ln byte</numerusform>
            <numerusform>%1, %Ln bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FieldsTree</name>
    <message numerus="yes">
        <source>%Ln more; press Enter to list them</source>
        <translation>
            <numerusform>%Ln more; press Enter to list it</numerusform>
            <numerusform>%Ln more; press Enter to list them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilterTrial</name>
    <message numerus="yes">
        <source>%Ln raise an error (counted as no match by the broker).</source>
        <translation>
            <numerusform>%Ln raises an error (counted as no match by the broker).</numerusform>
            <numerusform>%Ln raise an error (counted as no match by the broker).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindAnswer</name>
    <message numerus="yes">
        <source>%Ln hidden</source>
        <translation>
            <numerusform>%Ln hidden</numerusform>
            <numerusform>%Ln hidden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not evaluated (too slow)</source>
        <translation>
            <numerusform>%Ln not evaluated (too slow)</numerusform>
            <numerusform>%Ln not evaluated (too slow)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln match</numerusform>
            <numerusform>%Ln matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FollowButton</name>
    <message numerus="yes">
        <source>%Ln new</source>
        <translation>
            <numerusform>%Ln new</numerusform>
            <numerusform>%Ln new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FormAndText</name>
    <message numerus="yes">
        <source>%Ln byte(s) that are not text</source>
        <translation>
            <numerusform>%Ln byte that is not text</numerusform>
            <numerusform>%Ln bytes that are not text</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message numerus="yes">
        <source>%Ln more host(s)</source>
        <translation>
            <numerusform>%Ln more host</numerusform>
            <numerusform>%Ln more hosts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ManualWindow</name>
    <message numerus="yes">
        <source>Found on %Ln page(s)</source>
        <translation>
            <numerusform>Found on %Ln page</numerusform>
            <numerusform>Found on %Ln pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MatchResultsTab</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NewestChip</name>
    <message numerus="yes">
        <source>Without %Ln older entries</source>
        <translation>
            <numerusform>Without %Ln older entry</numerusform>
            <numerusform>Without %Ln older entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutageBanner</name>
    <message numerus="yes">
        <source>and %Ln more: %1</source>
        <translation>
            <numerusform>and %Ln more: %1</numerusform>
            <numerusform>and %Ln more: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemsPane</name>
    <message numerus="yes">
        <source>%Ln more problem(s)…</source>
        <translation>
            <numerusform>%Ln more problem…</numerusform>
            <numerusform>%Ln more problems…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProfileDialog</name>
    <message numerus="yes">
        <source>(%Ln of %1 fail)</source>
        <translation>
            <numerusform>(%Ln of %1 fails)</numerusform>
            <numerusform>(%Ln of %1 fail)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProfileFiles</name>
    <message numerus="yes">
        <source>Profile %1 imported; %Ln of its tests fail. See Edit profile, Tests.</source>
        <translation>
            <numerusform>Profile %1 imported; %Ln of its tests fails. See Edit profile, Tests.</numerusform>
            <numerusform>Profile %1 imported; %Ln of its tests fail. See Edit profile, Tests.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProfilesView</name>
    <message numerus="yes">
        <source>%Ln active</source>
        <translation>
            <numerusform>%Ln active</numerusform>
            <numerusform>%Ln active</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecoveryDialog</name>
    <message numerus="yes">
        <source>%Ln entries recovered to %1.</source>
        <translation>
            <numerusform>%Ln entry recovered to %1.</numerusform>
            <numerusform>%Ln entries recovered to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be read.</source>
        <translation>
            <numerusform>%Ln could not be read.</numerusform>
            <numerusform>%Ln could not be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RepeatSection</name>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>Show %Ln more</numerusform>
            <numerusform>Show %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReplayBar</name>
    <message numerus="yes">
        <source>%Ln event(s)</source>
        <translation>
            <numerusform>%Ln event</numerusform>
            <numerusform>%Ln events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not accepted</source>
        <translation>
            <numerusform>%Ln not accepted</numerusform>
            <numerusform>%Ln not accepted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultPane</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SaveActions</name>
    <message numerus="yes">
        <source>Closing it now discards %Ln entries.</source>
        <translation>
            <numerusform>Closing it now discards %Ln entry.</numerusform>
            <numerusform>Closing it now discards %Ln entries.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SchemaActions</name>
    <message numerus="yes">
        <source>(%Ln more schema(s) cannot be used)</source>
        <translation>
            <numerusform>(%Ln more schema cannot be used)</numerusform>
            <numerusform>(%Ln more schemas cannot be used)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShownBars</name>
    <message numerus="yes">
        <source>%Ln span(s)</source>
        <translation>
            <numerusform>%Ln span</numerusform>
            <numerusform>%Ln spans</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatisticsPane</name>
    <message numerus="yes">
        <source>%Ln value(s)</source>
        <translation>
            <numerusform>%Ln value</numerusform>
            <numerusform>%Ln values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableColumns</name>
    <message numerus="yes">
        <source>There are already %Ln such columns. Remove one first.</source>
        <translation>
            <numerusform>There is already %Ln such column. Remove it first.</numerusform>
            <numerusform>There are already %Ln such columns. Remove one first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TemplateTree</name>
    <message numerus="yes">
        <source>%Ln more template(s)…</source>
        <translation>
            <numerusform>%Ln more template…</numerusform>
            <numerusform>%Ln more templates…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TemplatesPane</name>
    <message numerus="yes">
        <source>%Ln more file(s) cannot be read.</source>
        <translation>
            <numerusform>%Ln more file cannot be read.</numerusform>
            <numerusform>%Ln more files cannot be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimeReference</name>
    <message numerus="yes">
        <source>%Ln row(s) selected</source>
        <translation>
            <numerusform>%Ln row selected</numerusform>
            <numerusform>%Ln rows selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TroubleBar</name>
    <message numerus="yes">
        <source>(%Ln more)</source>
        <translation>
            <numerusform>(%Ln more)</numerusform>
            <numerusform>(%Ln more)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TypesModel</name>
    <message numerus="yes">
        <source>%1: %Ln event(s) of further types, last %2</source>
        <translation>
            <numerusform>%1: %Ln event of further types, last %2</numerusform>
            <numerusform>%1: %Ln events of further types, last %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln event(s), last %2</source>
        <translation>
            <numerusform>%1: %Ln event, last %2</numerusform>
            <numerusform>%1: %Ln events, last %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ViewActions</name>
    <message numerus="yes">
        <source>Resume (%Ln new)</source>
        <translation>
            <numerusform>Resume (%Ln new)</numerusform>
            <numerusform>Resume (%Ln new)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Plurals</name>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln minute</numerusform>
            <numerusform>%Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s)</source>
        <translation>
            <numerusform>%Ln hour</numerusform>
            <numerusform>%Ln hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln byte(s)</source>
        <translation>
            <numerusform>%Ln byte</numerusform>
            <numerusform>%Ln bytes</numerusform>
        </translation>
    </message>
</context>
</TS>
