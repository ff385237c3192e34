//! Faults of inputs, constraints and prices.

use detente_case::Code;

/// A fault: its code, the files of a case that have it, the place, and a part of what is said.
pub type Fault = (Code, &'static [(&'static str, &'static [u8])], &'static str, &'static str);

const GROUPED: (&str, &[u8]) = (
    "issues.csv",
    b"issue,group,option\nland,territory,none\nland,,some\nland,,all\nsea,territory,open\nsea,,closed\n",
);

macro_rules! settings {
    ($more:literal) => {
        ("case.toml", concat!("schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = []\n", $more).as_bytes())
    };
}

macro_rules! rule {
    ($rule:literal) => {
        (
            "constraints.toml",
            concat!("[[constraint]]\nid = \"c1\"\nrule = \"", $rule, "\"\nkind = \"logic\"\nreason = \"r\"\n")
                .as_bytes(),
        )
    };
}

const FACTORS: (&str, &[u8]) = (
    "scenarios.toml",
    b"[[factor]]\nid = \"aid\"\ntitle = \"A\"\nlow = 0\nhigh = 1\nreason = \"r\"\n[[factor]]\nid = \"front\"\ntitle = \"F\"\nlow = 0\nhigh = 1\nreason = \"r\"\n",
);

macro_rules! scenario {
    ($more:literal) => {
        (
            "scenarios.toml",
            concat!(
                "[[factor]]\nid = \"aid\"\ntitle = \"A\"\nlow = 0\nhigh = 1\nreason = \"r\"\n[[scenario]]\nid = \"s\"\n",
                "title = \"S\"\n",
                $more
            )
            .as_bytes(),
        )
    };
}

/// All of them.
pub const FAULTS: &[Fault] = &[
    (Code::NotANumber, &[("alternatives.csv", b"actor,low,best,high\nA,NaN,0.5,1\n")], "alternatives.csv:2:2", "`NaN` is not a number from 0 to 1"),
    (Code::NotANumber, &[("alternatives.csv", b"actor,low,best,high\nA,0,0.5,inf\n")], "alternatives.csv:2:4", "`inf`"),
    (Code::NotANumber, &[("alternatives.csv", b"actor,low,best,high\nA,0,0.5,1.01\n")], "alternatives.csv:2:4", "from 0 to 1"),
    (Code::NotANumber, &[("values.csv", b"actor,issue,option,low,best,high\nA,land,all,-0.1,0,1\n")], "values.csv:2:4", "`-0.1`"),
    (Code::NotANumber, &[("salience.csv", b"actor,issue,low,best,high\nA,land,-1,0,1\n")], "salience.csv:2:3", "0 or more"),
    (Code::NotANumber, &[("salience.csv", b"actor,issue,low,best,high\nA,land,1,2,1e999\n")], "salience.csv:2:5", "finite"),
    (Code::NotANumber, &[("trust.csv", b"from,to,low,best,high\nA,B,0.1,50%,1\n")], "trust.csv:2:4", "`50%`"),
    (Code::NotANumber, &[("trust.csv", b"from,to,low,best,high,confidence\nA,B,0.1,0.5,1,0\n")], "trust.csv:2:6", "above 0"),
    (Code::MissingCell, &[("trust.csv", b"from,to,low,best,high\nA,B,0.1,,1\n")], "trust.csv:2:4", "empty"),
    (Code::RangeOrder, &[("alternatives.csv", b"actor,low,best,high\nA,0.6,0.5,1\n")], "alternatives.csv:2:2", "0.6, 0.5, 1"),
    (Code::RangeOrder, &[("exposure.csv", b"actor,issue,option,low,best,high\nA,land,all,0,0.5,0.4\n")], "exposure.csv:2:4", "fall"),
    (Code::NoTrust, &[("trust.csv", b"from,to,low,best,high\nA,B,0.0,0.5,1\n")], "trust.csv:2:3", "the premium would be infinite"),
    (Code::NoTrust, &[("trust.csv", b"from,to,low,best,high\nA,B,0,0,0\n")], "trust.csv:2:5", "the premium would be infinite"),
    (Code::OwnTrust, &[("trust.csv", b"from,to,low,best,high\nA,A,0.1,0.5,1\n")], "trust.csv:2:2", "the same actor"),
    (Code::AllZero, &[("salience.csv", b"actor,issue,low,best,high\nA,land,0,0,0\n")], "salience.csv", "`A` are all zero"),
    (Code::IssueOrGroup, &[("salience.csv", b"actor,issue,group,low,best,high\nA,,,1,2,3\n")], "salience.csv:2:3", "neither"),
    (Code::IssueOrGroup, &[GROUPED, ("salience.csv", b"actor,issue,group,low,best,high\nA,land,territory,1,2,3\n")], "salience.csv:2:3", "both"),
    (Code::UnknownReference, &[GROUPED, ("salience.csv", b"actor,group,low,best,high\nA,teritory,1,2,3\n")], "salience.csv:2:2", "no issue of issues.csv belongs to a group `teritory`"),
    (Code::UnknownReference, &[("salience.csv", b"actor,issue,low,best,high\nA,lnad,1,2,3\n")], "salience.csv:2:2", "no issue of issues.csv has the id `lnad`"),
    (Code::UnknownReference, &[("values.csv", b"actor,issue,option,low,best,high\nA,land,most,0,0,1\n")], "values.csv:2:3", "`land` has no option `most`"),
    (Code::UnknownReference, &[("assurances.csv", b"issue,option,for_actor,low,best,high\nsea,all,A,0,0,1\n")], "assurances.csv:2:1", "`sea`"),
    (Code::UnknownReference, &[("alternatives.csv", b"actor,low,best,high,source_id\nA,0,0,1,film\n")], "alternatives.csv:2:5", "`film`"),
    (Code::UnknownName, &[("exposure.csv", b"actor,issue,option,low,best,high\nNobody,land,all,0,0,1\n")], "exposure.csv:2:1", "`Nobody`"),
    (Code::UnknownName, &[("assurances.csv", b"issue,option,for_actor,low,best,high\nland,all,Nobody,0,0,1\n")], "assurances.csv:2:3", "`Nobody`"),
    (Code::RepeatedInput, &[("alternatives.csv", b"actor,low,best,high,valid_from\nA,0,0,1,2022\nA,0,0,1,2023\nA,0,0.5,1,2022\n")], "alternatives.csv:4:3", "line 2 states the same"),
    (Code::RepeatedInput, &[("values.csv", b"actor,issue,option,low,best,high\nA,land,all,0,0,1\nA,land,all,0,0,1\n")], "values.csv:3:5", "line 2"),
    (Code::DuplicateId, &[("trust.csv", b"id,from,to,low,best,high\nt1,A,B,0.1,0.5,1\nt1,B,A,0.1,0.5,1\n")], "trust.csv:3:1", "line 2"),
    (Code::NoReason, &[("alternatives.csv", b"actor,low,best,high\nA,0,0,1\n")], "alternatives.csv", "1 rows have neither"),
    (Code::NotADate, &[("alternatives.csv", b"actor,low,best,high,valid_from\nA,0,0,1,soon\n")], "alternatives.csv:2:5", "soon"),
    (Code::AfterAsOf, &[("alternatives.csv", b"id,actor,low,best,high,valid_from\na1,A,0,0,1,2024-02-01\n")], "alternatives.csv", "`a1`"),
    (Code::NotANumber, &[("capabilities.csv", b"actor,low,best,high\nA,-1,0,1\n")], "capabilities.csv:2:2", "0 or more"),
    (Code::UnknownTarget, &[FACTORS, ("drivers.csv", b"factor,target,low,best,high,reason\naid,wealth:A,0,0,1,r\n")], "drivers.csv:2:2", "`wealth:A` is nothing that a factor can move"),
    (Code::UnknownTarget, &[FACTORS, ("drivers.csv", b"factor,target,low,best,high,reason\naid,trust:A,0,0,1,r\n")], "drivers.csv:2:2", "`trust:A`"),
    (Code::UnknownName, &[FACTORS, ("drivers.csv", b"factor,target,low,best,high,reason\naid,capability:Nobody,0,0,1,r\n")], "drivers.csv:2:2", "`Nobody`"),
    (Code::OwnTrust, &[FACTORS, ("drivers.csv", b"factor,target,low,best,high,reason\naid,trust:A>A,0,0,1,r\n")], "drivers.csv:2:2", "twice"),
    (Code::UnknownReference, &[GROUPED, FACTORS, ("drivers.csv", b"factor,target,low,best,high,reason\naid,weight:A:teritory,0,0,1,r\n")], "drivers.csv:2:2", "`teritory`"),
    (Code::NotANumber, &[FACTORS, ("drivers.csv", b"factor,target,low,best,high,reason\naid,capability:A,-1,none,1,r\n")], "drivers.csv:2:4", "a finite number"),
    (Code::UnknownFactor, &[FACTORS, ("drivers.csv", b"factor,target,low,best,high,reason\nade,capability:A,0,0,1,r\n")], "drivers.csv:2:1", "scenarios.toml has no factor `ade`"),
    (Code::UnknownFactor, &[FACTORS, ("drivers.csv", b"factor,target,low,best,high,reason\naid,factor:ade,0,0,1,r\n")], "drivers.csv:2:2", "`ade`"),
    (Code::UnknownFactor, &[("drivers.csv", b"factor,target,low,best,high,reason\naid,capability:A,0,0,1,r\n")], "drivers.csv:2:1", "`aid`"),
    (
        Code::CircularDrivers,
        &[FACTORS, ("drivers.csv", b"factor,target,low,best,high,reason\naid,factor:front,0,0,1,r\nfront,factor:aid,0,0,1,r\n")],
        "drivers.csv:2:2",
        "`aid` moves itself",
    ),
    (Code::CircularDrivers, &[FACTORS, ("drivers.csv", b"factor,target,low,best,high,reason\naid,factor:aid,0,0,1,r\n")], "drivers.csv:2:2", "`aid` moves itself"),
    (Code::IdleFactor, &[FACTORS], "scenarios.toml", "2 factors move nothing"),
    (Code::UnknownFactor, &[scenario!("set = { ade = 1 }\n")], "scenarios.toml:10:9", "no factor has the id `ade`"),
    (Code::RangeOrder, &[scenario!("set = { aid = [1, 0, 2] }\n")], "scenarios.toml:10:15", "fall"),
    (Code::WrongType, &[scenario!("set = { aid = \"much\" }\n")], "scenarios.toml:10:15", "expected a number, or [low, best, high]"),
    (Code::WrongType, &[scenario!("set = { aid = [1, 2] }\n")], "scenarios.toml:10:15", "[low, best, high]"),
    (Code::WrongType, &[scenario!("set = { aid = nan }\n")], "scenarios.toml:10:15", "expected a number"),
    (Code::NothingToLift, &[scenario!("lift = [\"p9\"]\n")], "scenarios.toml:10:9", "no statement has the id `p9`"),
    (
        Code::NothingToLift,
        &[("positions.csv", b"id,actor,issue,valid_from,statement,source_id\np9,A,land,2022,w,book\n"), scenario!("lift = [\"p9\"]\n")],
        "scenarios.toml:10:9",
        "`p9` rules nothing out",
    ),
    (Code::NoSuchModel, &[scenario!("[[scenario.rule_out]]\nmodel = \"truce\"\nwhen = \"a\"\n")], "scenarios.toml:11:9", "no stability model `truce`"),
    (Code::UnknownKey, &[scenario!("sets = { aid = 1 }\n")], "scenarios.toml:10:1", "`sets`"),
    (Code::DuplicateId, &[scenario!("[[scenario]]\nid = \"s\"\ntitle = \"T\"\n")], "scenarios.toml:10:1", "line 7"),
    (Code::MissingKey, &[("scenarios.toml", b"[[factor]]\nid = \"aid\"\ntitle = \"A\"\nlow = 0\nreason = \"r\"\n")], "scenarios.toml:1:1", "`high` is missing"),
    (Code::RangeOrder, &[("scenarios.toml", b"[[factor]]\nid = \"aid\"\ntitle = \"A\"\nlow = 1\nhigh = 1\nreason = \"r\"\n")], "scenarios.toml:4:7", "not below"),
    (Code::UnknownSeries, &[("scenarios.toml", b"[[factor]]\nid = \"aid\"\ntitle = \"A\"\nseries = \"front\"\nlow = 0\nhigh = 1\nreason = \"r\"\n")], "scenarios.toml:4:10", "no series `front`"),
    (Code::KeysExclude, &[("scenarios.toml", b"[[factor]]\nid = \"aid\"\ntitle = \"A\"\nseries = \"front\"\nbase = 0\nlow = 0\nhigh = 1\nreason = \"r\"\n")], "scenarios.toml:5:8", "beside `series`"),
    (Code::NoReason, &[("scenarios.toml", b"[[factor]]\nid = \"aid\"\ntitle = \"A\"\nlow = 0\nhigh = 1\n")], "scenarios.toml:1:1", "`aid` has neither"),
    (Code::RuleSyntax, &[rule!("land == none")], "constraints.toml:3:15", "found `=`"),
    (Code::RuleSyntax, &[rule!("land")], "constraints.toml:3:9", "`land` stands alone"),
    (Code::UnknownReference, &[rule!("lnad = none or land = all")], "constraints.toml:3:9", "no issue of issues.csv has the id `lnad`"),
    (Code::UnknownReference, &[rule!("not land in {none, somme}")], "constraints.toml:3:28", "`land` has no option `somme`"),
    (Code::NoPackage, &[rule!("land = none and land = all")], "constraints.toml:1:1", "`c1` leaves no package"),
    (Code::AlwaysTrue, &[rule!("land = none or not land = none")], "constraints.toml:1:1", "rules nothing out"),
    (Code::NoReason, &[("constraints.toml", b"[[constraint]]\nid = \"c1\"\nrule = \"land = none\"\nkind = \"logic\"\n")], "constraints.toml", "`c1`"),
    (
        Code::NeverMet,
        &[("constraints.toml", b"[[constraint]]\nid = \"c1\"\nrule = \"exactly 2 of (land = none, land = all)\"\nkind = \"demand\"\nactor = \"A\"\n")],
        "constraints.toml:1:1",
        "a demand that no package meets",
    ),
    (
        Code::NoPackage,
        &[
            GROUPED,
            (
                "constraints.toml",
                b"[[constraint]]\nid = \"c1\"\nrule = \"land = none\"\nkind = \"logic\"\n
[[constraint]]\nid = \"c2\"\nrule = \"land = none implies sea = open\"\nkind = \"logic\"\n
[[constraint]]\nid = \"c3\"\nrule = \"land in {none, some}\"\nkind = \"logic\"\n
[[constraint]]\nid = \"c4\"\nrule = \"not sea = open\"\nkind = \"logic\"\n",
            ),
        ],
        "constraints.toml:1:1",
        "no package meets `c1`, `c2`, `c4` together",
    ),
    (Code::MissingKey, &[("constraints.toml", b"\n[[constraint]]\nid = \"c1\"\nkind = \"logic\"\n")], "constraints.toml:2:1", "`rule` is missing"),
    (Code::MissingKey, &[("constraints.toml", b"[[constraint]]\nid = \"c1\"\nrule = \"land = all\"\n")], "constraints.toml:1:1", "\"logic\", \"demand\""),
    (Code::MissingKey, &[("constraints.toml", b"[[constraint]]\nid = \"c1\"\nrule = \"land = all\"\nkind = \"demand\"\n")], "constraints.toml:1:1", "whose demand"),
    (Code::WrongType, &[("constraints.toml", b"[[constraint]]\nid = \"c1\"\nrule = \"land = all\"\nkind = \"logic\"\nactor = \"A\"\n")], "constraints.toml:5:9", "nobody's"),
    (Code::WrongType, &[("constraints.toml", b"constraint = 3\n")], "constraints.toml:1:14", "sections [[constraint]]"),
    (Code::UnknownName, &[("constraints.toml", b"[[constraint]]\nid = \"c1\"\nrule = \"land = all\"\nkind = \"demand\"\nactor = \"Nobody\"\n")], "constraints.toml:5:9", "`Nobody`"),
    (Code::UnknownReference, &[("constraints.toml", b"[[constraint]]\nid = \"c1\"\nrule = \"land = all\"\nkind = \"logic\"\nsource_id = \"film\"\n")], "constraints.toml:5:13", "`film`"),
    (Code::UnknownKey, &[("constraints.toml", b"[[constraint]]\nid = \"c1\"\nrule = \"land = all\"\nkind = \"logic\"\nsource = \"book\"\n")], "constraints.toml:5:1", "`source`"),
    (Code::TomlSyntax, &[("constraints.toml", b"[[constraint]]\nid = \"c1\n")], "constraints.toml:2:9", "string"),
    (
        Code::DuplicateId,
        &[("constraints.toml", b"[[constraint]]\nid = \"c1\"\nrule = \"land = all\"\nkind = \"logic\"\n[[constraint]]\nid = \"c1\"\nrule = \"land = all\"\nkind = \"logic\"\n")],
        "constraints.toml:5:1",
        "line 1",
    ),
    (
        Code::ReversedDates,
        &[("constraints.toml", b"[[constraint]]\nid = \"c1\"\nrule = \"land = all\"\nkind = \"logic\"\nvalid_from = \"2023\"\nvalid_to = \"2022\"\n")],
        "constraints.toml:6:12",
        "lies before",
    ),
    (Code::NotADate, &[("constraints.toml", b"[[constraint]]\nid = \"c1\"\nrule = \"land = all\"\nkind = \"logic\"\nvalid_from = \"May\"\n")], "constraints.toml:5:14", "\"May\""),
    (
        Code::AfterAsOf,
        &[("constraints.toml", b"[[constraint]]\nid = \"c1\"\nrule = \"land = all\"\nkind = \"logic\"\nvalid_from = 2024-02-01\n")],
        "constraints.toml",
        "`c1`",
    ),
    (Code::WrongType, &[settings!("confidence = 1.5\n")], "case.toml:5:14", "above 0, at most 1"),
    (Code::WrongType, &[settings!("confidence = nan\n")], "case.toml:5:14", "above 0, at most 1"),
    (Code::WrongType, &[settings!("[[price]]\nactor = \"A\"\nper = \"step\"\namount = 0\n")], "case.toml:8:10", "a number above 0"),
    (Code::WrongType, &[settings!("[[price]]\nactor = \"A\"\nper = \"year\"\namount = 1\n")], "case.toml:7:7", "\"threshold\""),
    (Code::MissingKey, &[settings!("[[price]]\nactor = \"A\"\nper = \"step\"\n")], "case.toml:5:1", "`amount` is missing"),
    (Code::UnknownName, &[settings!("[[price]]\nactor = \"Nobody\"\nper = \"step\"\namount = 1\n")], "case.toml:5:1", "`Nobody`"),
    (Code::UnknownReference, &[settings!("[[price]]\nactor = \"A\"\nper = \"step\"\namount = 1\nsource_id = \"film\"\n")], "case.toml:5:1", "`film`"),
    (Code::NoReason, &[settings!("[[price]]\nactor = \"A\"\nper = \"step\"\namount = 1\n")], "case.toml:5:1", "neither"),
    (
        Code::RepeatedInput,
        &[settings!("[[price]]\nactor = \"A\"\nper = \"step\"\namount = 1\n[[price]]\nactor = \"A\"\nper = \"step\"\namount = 2\n")],
        "case.toml:9:1",
        "already",
    ),
];
