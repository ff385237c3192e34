//! The figures of the visible half of DEU III, where the file is there: `DETENTE_DEU` names it. It is never part of this project.

use detente_analysis::forecast::calibration;
use detente_backtest::{Setting, deu, run};

#[test]
fn the_figures_of_the_visible_half() {
    let Some(path) = std::env::var_os("DETENTE_DEU") else {
        println!("skipped: DETENTE_DEU names no table");
        return;
    };
    let issues = deu::read(&std::fs::read_to_string(path).unwrap()).unwrap();
    let back = run(&issues, Setting::default()).unwrap();
    assert_eq!(back.issues, 147);
    let row = |name: &str| back.rows.iter().find(|row| row.forecaster == name).unwrap();
    let near = |found: f64, expected: f64, by: f64| assert!((found - expected).abs() <= by, "{found} {expected}");
    for (name, n, mean, median, ten, low, high) in [
        ("weighted mean", 147, 24.4439, 17.895, 0.313, 21.1, 27.7),
        ("unweighted mean", 147, 23.4881, 17.083, 0.320, 20.1, 26.7),
        ("weighted median", 147, 28.7755, 20.0, 0.408, 23.7, 33.7),
        ("unweighted median", 147, 26.9252, 20.0, 0.435, 21.9, 32.2),
        ("always 50", 147, 28.3401, 25.0, 0.252, 25.3, 31.2),
        ("reference point", 111, 54.7387, 60.0, 0.180, 47.1, 61.6),
    ] {
        let row = row(name);
        assert_eq!(row.issues, n);
        near(row.mean_error, mean, 0.000_06);
        near(row.median_error, median, 0.000_6);
        near(row.within_10, ten, 0.000_6);
        near(row.mean_error_range.low, low, 0.4);
        near(row.mean_error_range.high, high, 0.4);
    }
    let mean = row("weighted mean");
    for (coverage, (held, width)) in mean.coverage.iter().zip([(0.503, 34.8), (0.803, 72.2), (0.905, 84.4)]) {
        near(coverage.held, held, 0.000_6);
        near(coverage.width, width, 0.06);
    }
    near(mean.crps.unwrap(), 17.34, 0.006);
    near(row("unweighted mean").crps.unwrap(), 16.81, 0.006);
    near(back.climatology_crps.unwrap(), 19.34, 0.006);
    // What is shipped for intervals is what the file gives.
    let shipped = calibration::of(calibration::Domain::Legislation).unwrap();
    assert_eq!((shipped.issues, shipped.proposals), (back.issues, back.proposals));
    for (quantile, [level, half]) in shipped.quantiles.iter().zip(&back.half_widths) {
        assert_eq!(quantile.level, *level);
        near(quantile.error, *half, 1e-6);
    }
    assert_eq!((back.without_room, back.with_reference), (96, 111));
}
