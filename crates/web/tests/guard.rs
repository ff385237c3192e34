//! Who is let in.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod support;

use support::{Served, flagship};

const PUBLIC: [&str; 4] = ["/", "/app.js", "/app.css", "/favicon.svg"];

#[test]
fn the_key_for_the_browser_that_is_opened_works_once() {
    let served = Served::new(flagship());
    let enter = || served.send("GET", &format!("/?token={}", served.once), &[("host", &served.host())], b"").status;
    assert_eq!((enter(), enter()), (303, 403));
    assert_eq!(served.get("/api/case").status, 200);
}

#[test]
fn the_key_opens_the_door_once_and_the_cookie_from_then_on() {
    let served = Served::new(flagship());
    let host = served.host();
    let entered = served.send("GET", &format!("/?token={}", served.token), &[("host", &host)], b"");
    assert_eq!((entered.status, entered.headers["location"].as_str()), (303, "/"));
    let cookie = &entered.headers["set-cookie"];
    assert_eq!(*cookie, format!("detente-{}={}; HttpOnly; SameSite=Strict; Path=/", served.port, served.token));
    for path in PUBLIC.into_iter().chain(["/api/case"]) {
        assert_eq!(served.get(path).status, 200, "{path}");
        let reply = served.send("GET", path, &[("host", &host)], b"");
        assert_eq!(reply.status, 403, "{path} without the cookie");
        assert!(reply.text().contains("Open the address that the program printed"), "{}", reply.text());
    }
    let mut wrong = served.token.clone();
    wrong.replace_range(..1, if wrong.starts_with('0') { "1" } else { "0" });
    assert_eq!(served.send("GET", &format!("/?token={wrong}"), &[("host", &host)], b"").status, 403);
    let other = format!("a=b; detente-{}={wrong}; detente-1={}", served.port, served.token);
    assert_eq!(served.send("GET", "/api/case", &[("host", &host), ("cookie", &other)], b"").status, 403);
    // Cookies of others beside it do no harm.
    let (_, ours) = served.cookie();
    let beside = format!("a=b; {ours}; c=d");
    assert_eq!(served.send("GET", "/api/case", &[("host", &host), ("cookie", &beside)], b"").status, 200);
    // The key in the address opens the entry alone.
    let path = format!("/api/case?token={}", served.token);
    assert_eq!(served.send("GET", &path, &[("host", &host)], b"").status, 403);
}

#[test]
fn only_this_host_and_no_other_site_asks() {
    let served = Served::new(flagship());
    let (name, cookie) = served.cookie();
    let by_name = format!("localhost:{}", served.port);
    assert_eq!(served.send("GET", "/api/case", &[("host", &by_name), (name, &cookie)], b"").status, 200);
    for host in ["evil.example", "127.0.0.1", "localhost", "127.0.0.1:1", "[::1]:80", ""] {
        let reply = served.send("GET", "/api/case", &[("host", host), (name, &cookie)], b"");
        assert!([400, 421].contains(&reply.status), "{host}: {}", reply.status);
    }
    let host = served.host();
    let twice = served.send("GET", "/api/case", &[("host", &host), ("host", "evil.example"), (name, &cookie)], b"");
    assert_eq!(twice.status, 400);
    assert_eq!(served.send("GET", "/api/case", &[(name, &cookie)], b"").status, 421);
    let whole = served.send("GET", "http://evil.example/api/case", &[("host", &host), (name, &cookie)], b"");
    assert_eq!(whole.status, 421);
    for site in ["cross-site", "same-site", "anything"] {
        let headers = [("host", host.as_str()), (name, &cookie), ("sec-fetch-site", site)];
        assert_eq!(served.send("GET", "/api/case", &headers, b"").status, 403, "{site}");
    }
}

#[test]
fn only_pages_of_ours_change_anything() {
    let served = Served::new(flagship());
    let (name, cookie) = served.cookie();
    let (host, origin) = (served.host(), format!("http://{}", served.host()));
    let all = [("host", host.as_str()), (name, cookie.as_str()), ("origin", origin.as_str()), ("x-detente", "1")];
    let job = "/api/jobs/none";
    assert_eq!(served.send("DELETE", job, &all, b"").status, 404);
    for left_out in 1..4 {
        let some: Vec<_> = all.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, pair)| *pair).collect();
        assert_eq!(served.send("DELETE", job, &some, b"").status, 403, "without {:?}", all[left_out]);
    }
    for other in ["null", "http://localhost", "https://127.0.0.1:1", "http://evil.example"] {
        let headers = [all[0], all[1], ("origin", other), all[3]];
        assert_eq!(served.send("DELETE", job, &headers, b"").status, 403, "{other}");
    }
}

#[test]
fn other_methods_and_large_bodies_are_refused() {
    let served = Served::new(flagship());
    for method in ["PUT", "PATCH", "OPTIONS", "TRACE", "CONNECT", "NONSENSE"] {
        let reply = served.change(method, "/api/case", b"");
        assert!([400, 404, 405, 421].contains(&reply.status), "{method}: {}", reply.status);
    }
    assert_eq!(served.change("POST", "/api/case", b"{}").status, 405);
    assert!(served.change("POST", "/api/case", b"{}").error().contains("cannot be done"));
    assert_eq!(served.change("POST", "/api/case", &vec![b' '; 2 << 20]).status, 413);
    let head = format!("GET /api/case?at={} HTTP/1.1\r\nhost: {}\r\n\r\n", "a".repeat(100_000), served.host());
    assert!([400, 414, 431].contains(&served.raw(head.as_bytes()).status));
    let headers: Vec<String> = (0..200).map(|number| format!("x-{number}: 1\r\n")).collect();
    let head = format!("GET / HTTP/1.1\r\nhost: {}\r\n{}\r\n", served.host(), headers.concat());
    assert_eq!(served.raw(head.as_bytes()).status, 431);
    assert_eq!(served.raw(b"\x00\x01\x02 nonsense\r\n\r\n").status, 400);
    assert_eq!(served.get("/api/case").status, 200);
}

#[test]
fn every_answer_carries_the_same_headers() {
    let served = Served::new(flagship());
    let host = served.host();
    let mut replies: Vec<_> =
        ["/", "/app.js", "/api/case", "/api/nothing", "/nothing", "/api/rows/nothing", "/api/report/now.md"]
            .map(|path| served.get(path))
            .into();
    replies.push(served.send("GET", "/", &[("host", &host)], b""));
    replies.push(served.send("GET", "/api/case", &[("host", "evil.example")], b""));
    replies.push(served.change("POST", "/api/case", b"{}"));
    for reply in replies {
        let header = |name: &str| reply.headers.get(name).map(String::as_str).unwrap_or_default();
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(
            header("content-security-policy"),
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
        );
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(header("access-control-allow-origin"), "");
    }
}

#[test]
fn hostile_names_are_answered_in_words() {
    let served = Served::new(flagship());
    let long = "x".repeat(5_000);
    let names = [
        "..%2f..%2fetc%2fpasswd",
        "..",
        "%2e%2e",
        "%00",
        "%ff%fe",
        "%",
        "%zz",
        "a%0d%0ab",
        "<script>alert(1)</script>",
        "p001'%20OR%201=1",
        "%F0%9F%92%A3",
        "__proto__",
        &long,
    ];
    for name in names {
        for path in ["rows/", "pages/", "report/", "figure/now/", "figure/", "jobs/", ""] {
            let reply = served.get(&format!("/api/{path}{name}"));
            assert!((400..500).contains(&reply.status), "{path}{name}: {} {}", reply.status, reply.text());
            // What the library of the protocol refuses by itself has no words.
            if !reply.body.is_empty() {
                let error = reply.error();
                assert!(!error.is_empty() && error.len() < 600 && !error.contains('\r'), "{error}");
            }
        }
        for query in ["at", "known", "job", "package", "lift", "threshold.Russia", "draws"] {
            let page = match query {
                "package" => "pages/plans",
                "lift" => "what-if",
                "threshold.Russia" | "draws" => "zone",
                _ => "pages/now",
            };
            let reply = served.get(&format!("/api/{page}?{query}={name}"));
            let named_job = query == "job" && name == "__proto__";
            assert!((400..500).contains(&reply.status) || named_job, "{page} {query}={name}: {}", reply.status);
        }
    }
    assert_eq!(served.get("/api/case").status, 200);
}
