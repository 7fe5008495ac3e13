//! Requests to elsewhere: short, without redirects, without a proxy out of the environment. What a petitioner's
//! browser names is asked only when it is an address of the open network: never this machine, never the office's.

use std::net::IpAddr;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// Of an answer no more than this is read.
pub(super) const LONGEST: u64 = 16 * 1024;
/// So long an answer is waited for.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// What may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reachable {
    /// What the operator has named.
    Anywhere,
    /// What somebody else has named.
    PublicOnly,
}

/// Asks.
pub(super) fn agent(reachable: Reachable, patience: Duration) -> ureq::Agent {
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(patience))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .proxy(None)
        .user_agent("huiyin")
        .build();
    match reachable {
        Reachable::Anywhere => config.new_agent(),
        Reachable::PublicOnly => {
            ureq::Agent::with_parts(config, DefaultConnector::default(), PublicResolver(DefaultResolver::default()))
        }
    }
}

/// Looks names up, and knows none that leads inside.
#[derive(Debug)]
struct PublicResolver(DefaultResolver);

impl Resolver for PublicResolver {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        // One that leads inside among others is a trick: all are refused. The connection goes to what was
        // looked at here, so a name that changes in between does not help either.
        if found.iter().all(|address| is_public(address.ip())) { Ok(found) } else { Err(ureq::Error::HostNotFound) }
    }
}

/// Whether an address belongs to the open network.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_broadcast()
                || v4.is_documentation()
                || v4.is_multicast()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 198 && (18..20).contains(&b))
                || (a == 192 && b == 0 && c == 0))
        }
        IpAddr::V6(v6) => {
            let [a, b, ..] = v6.segments();
            // Global unicast, without documentation, the tunnels that hide an IPv4 address, and protocol numbers.
            (0x2000..0x4000).contains(&a) && !(a == 0x2001 && (b == 0x0db8 || b < 0x0200)) && a != 0x2002 && a != 0x3fff
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inside_is_never_asked() {
        let public = |text: &str| is_public(text.parse().unwrap());
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!public(inside), "{inside}");
        }
        for outside in ["1.1.1.1", "203.119.1.1", "2400:3200::1", "2606:4700::1111", "::ffff:8.8.8.8"] {
            assert!(public(outside), "{outside}");
        }
    }

    #[test]
    fn a_name_that_leads_inside_is_not_found() {
        let asked = agent(Reachable::PublicOnly, PATIENCE).post("http://localhost:9/").send("");
        assert!(matches!(asked, Err(ureq::Error::HostNotFound)), "{asked:?}");
    }
}
