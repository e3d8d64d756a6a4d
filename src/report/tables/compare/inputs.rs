//! `compare/inputs.csv`: in which inputs two runs differ.

use crate::report::tables::row::table;

table! {
    /// One input in which two runs differ.
    pub ChangedInput in "compare/inputs.csv", None => {
        kind: &'a str = column("", "구분", "program (its version), run (seed, replications, years, options), policy, parameter, setting (of scenario.toml or district.toml), observed (a row of observed.csv), posterior, or file", "구분: program(프로그램 버전), run(시드·반복 수·연도·옵션), policy(정책), parameter(매개변수), setting(설정), observed(관측값), posterior(사후 표본), file(파일)");
        name: &'a str = column("", "이름", "Which one: policy and lever, parameter, file and key, metric with place and period", "이름(정책과 수단, 매개변수, 파일과 키, 지표·장소·기간)");
        part: &'a str = column("", "항목", "What of it: a setting of the lever, value, range, distribution, source; empty: all of it", "항목(수단의 설정, 값, 범위, 분포, 출처)");
        unit: &'a str = column("", "단위", "Unit of the values", "값의 단위");
        year: Option<u16> = column("year", "연도", "The year in which the change of a policy first matters", "정책 변경이 처음 작용하는 연도");
        in_a: &'a str = column("", "A의 값", "What run A has; empty: nothing", "실행 A의 값(없으면 빈칸)");
        in_b: &'a str = column("", "B의 값", "What run B has; empty: nothing", "실행 B의 값(없으면 빈칸)");
    }
}
