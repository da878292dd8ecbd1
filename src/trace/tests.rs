//! Proposals and the words of earlier months.

use super::{history, near};

#[test]
fn near_names_share_half_of_the_word() {
    let names = ["時間外勤務時間（1人あたり月平均）", "社会移動数", "基金確保比率", ""].map(str::to_owned);
    let names = names.into_iter().collect();
    assert_eq!(near::near("時間外勤務次官", &names), ["時間外勤務時間（1人あたり月平均）"]);
    assert_eq!(near::near("社会異動数", &names), ["社会移動数"]);
    assert!(near::near("ごみ排出量", &names).is_empty());
    assert!(near::near("x", &names).is_empty());
}

#[test]
fn earlier_months_are_joined_where_they_are_equal() {
    let was = |value: &str| Some(value.to_owned());
    assert_eq!(history::line("18.4", &[]), "");
    let months =
        [("2021-05", was("18.4")), ("2021-04_訂正1", was("17")), ("2021-04", was("17")), ("2021-03", None)];
    assert_eq!(history::line("18.4", &months), "2021-03 記載なし、2021-04～2021-04_訂正1 17、2021-05 同じ");
}
