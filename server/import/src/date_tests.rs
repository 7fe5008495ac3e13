#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;

fn text(text: &str) -> Cell {
    Cell::text(text)
}

fn known(year: i32, month: u32, day: u32) -> Birth {
    Birth::Known(BirthDate { year, month: (month > 0).then_some(month), day: (day > 0).then_some(day) })
}

#[test]
fn births_are_read_in_every_usual_form() {
    for (cell, want) in [
        (text("1975/09/24"), known(1975, 9, 24)),
        (text("1979-12-31"), known(1979, 12, 31)),
        (text("1947.11"), known(1947, 11, 0)),
        (text("1952年3月"), known(1952, 3, 0)),
        (text("2020年3月5日"), known(2020, 3, 5)),
        (text("20200305"), known(2020, 3, 5)),
        (text("202003"), known(2020, 3, 0)),
        (text("１９７５．９．２４"), known(1975, 9, 24)),
        (text("1975 / 9 / 24"), known(1975, 9, 24)),
        (text("1980-02-29"), known(1980, 2, 29)),
        (text("1960"), known(1960, 0, 0)),
        (text("1960年"), known(1960, 0, 0)),
        (text("1975-09-24 00:00:00"), known(1975, 9, 24)),
        (Cell::Number(27661.0), known(1975, 9, 24)),
        (Cell::Number(1947.11), known(1947, 11, 0)),
        (Cell::Number(19_750_924.0), known(1975, 9, 24)),
        (Cell::Number(197_509.0), known(1975, 9, 0)),
        (Cell::Number(1960.0), known(1960, 0, 0)),
        (Cell::Moment(serial(27661.5).unwrap()), known(1975, 9, 24)),
    ] {
        assert_eq!(birth(&cell), want, "{cell:?}");
    }
}

#[test]
fn a_date_that_cannot_be_keeps_its_year() {
    let year = |year| Birth::OnlyYear(BirthDate { year, month: None, day: None });
    assert_eq!(birth(&text("2021-02-30")), year(2021));
    assert_eq!(birth(&text("1981-02-29")), year(1981));
    assert_eq!(birth(&text("1947.13")), year(1947));
    assert_eq!(birth(&text("19750000")), year(1975));
}

#[test]
fn a_lost_nought_is_not_taken_for_january() {
    let year = Birth::OnlyYear(BirthDate { year: 1947, month: None, day: None });
    assert_eq!(birth(&Cell::Number(1947.1)), year);
    assert_eq!(birth(&text("1947.1")), year);
    assert_eq!(birth(&text("1947.01")), known(1947, 1, 0));
    assert_eq!(birth(&text("1947.10")), known(1947, 10, 0));
    assert_eq!(birth(&text("1947.1.5")), known(1947, 1, 5));
}

#[test]
fn what_could_mean_two_things_is_not_read() {
    for odd in
        ["75.9.24", "9/24/1975", "不详", "1975-09-24或1976", "12345", "0001-01-01", "19750924477", "-", "24.9.1975"]
    {
        assert_eq!(birth(&text(odd)), Birth::Unreadable, "{odd}");
    }
    assert_eq!(birth(&text(" \u{3000}")), Birth::Blank);
    for odd in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
        assert_eq!(birth(&Cell::Number(odd)), Birth::Unreadable);
    }
}

#[test]
fn moments_are_read_in_every_usual_form() {
    let at = |day, h, m, s| NaiveDate::from_ymd_opt(2019, 4, day).unwrap().and_hms_opt(h, m, s).unwrap();
    for (cell, want) in [
        (text("2019-04-25T09:32:09"), at(25, 9, 32, 9)),
        (text("2019/4/25 9:32"), at(25, 9, 32, 0)),
        (text("2019-04-25 09:32:09.123"), at(25, 9, 32, 9)),
        (text("2019-04-25T01:32:09Z"), at(25, 9, 32, 9)),
        (text("2019-04-25T09:32:09+08:00"), at(25, 9, 32, 9)),
        (text("2019年4月25日 下午3:05"), at(25, 15, 5, 0)),
        (text("2019年4月25日9时32分9秒"), at(25, 9, 32, 9)),
        (text("2019年4月25日（星期四）上午9点32分"), at(25, 9, 32, 0)),
        (text("20190425093209"), at(25, 9, 32, 9)),
        (text("20190425 09:32"), at(25, 9, 32, 0)),
        (text("2019-04-25"), at(25, 0, 0, 0)),
        (text("2019-04-25 24:00"), at(26, 0, 0, 0)),
        (Cell::Number(43580.5), at(25, 12, 0, 0)),
        (Cell::Number(20_190_425.0), at(25, 0, 0, 0)),
    ] {
        assert_eq!(moment(&cell), Ok(want), "{cell:?}");
    }
}

#[test]
fn impossible_moments_are_told_from_unreadable_ones() {
    for odd in ["2021-02-30", "2021-02-30 10:00", "2019-04-25 25:00", "2019-04-25 10:60", "2019-13-01", "1900-01-01"] {
        assert_eq!(moment(&text(odd)), Err(BadMoment::Impossible), "{odd}");
    }
    for odd in ["2019-04", "昨天", "", "2019-04-25 上", "25/4/2019", "2019-04-25-26-27-28-29-30"] {
        assert_eq!(moment(&text(odd)), Err(BadMoment::Unreadable), "{odd}");
    }
}

proptest::proptest! {
    #[test]
    fn no_cell_makes_the_reader_stumble(words in "\\PC{0,40}", digits in "[0-9./: T年月日-]{0,30}", number: f64) {
        for cell in [Cell::text(words), Cell::text(digits), Cell::Number(number)] {
            let _ = birth(&cell);
            let _ = moment(&cell);
        }
    }

    #[test]
    fn a_real_date_is_read_back_from_each_form(days in 0u64..55_000) {
        let date = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap() + Days::new(days);
        for form in ["%Y/%m/%d", "%Y-%m-%d", "%Y.%m.%d", "%Y年%-m月%-d日", "%Y%m%d", "%Y/%-m/%-d 0:00"] {
            let cell = Cell::text(date.format(form).to_string());
            proptest::prop_assert_eq!(moment(&cell), Ok(date.and_time(NaiveTime::MIN)), "{}", form);
        }
    }
}
