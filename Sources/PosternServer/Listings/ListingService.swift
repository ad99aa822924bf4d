// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import PosternCore
internal import PostfixTools
internal import PostfixWire
internal import Resolving
internal import ServiceLifecycle

/// Does in the world what the listings want: reads the queue, has messages tried, asks the DNS, keeps an eye on the site.
struct ListingService: Service {
    let desk: ListingDesk
    let site: SiteWatch
    let hands: ListingHands
    let log: Logger

    /// How often the site is looked at anew: tables and main.cf change without a word.
    private static let siteInterval = Duration.minutes(5)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await keepTime() }
                group.addTask { await askTheDNS() }
                group.addTask { await desk.performTasks { await hands.perform($0) } }
            }
        }
    }

    private func askTheDNS() async {
        let resolver = Resolver()
        await withTaskGroup { group in
            group.addTask {
                await desk.scout.run(
                    resolver, isUnknown: { desk.isUnknown($0) }, learn: { desk.learnt($0, servedBy: $1) })
            }
            group.addTask {
                var watch = BlocklistWatch(Blocklist(Blocklist.zen, by: resolver), log: log)
                while !Task.isCancelled {
                    await watch.ask(desk.blocklistQuestions, tell: { desk.blocklistAnswered(isListed: $1, for: $0) })
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
        await resolver.close()
    }

    private func keepTime() async {
        var siteIsDue = ContinuousClock.now
        while !Task.isCancelled {
            if siteIsDue <= .now || site.hasChanged {
                siteIsDue = .now + Self.siteInterval
                if let facts = await site.look() { desk.learnt(facts) }
            }
            await ask()
            desk.clockReached()
            if desk.wantsQueue { await look() }
            // A stop cancels the sleep, and that is no error.
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// Asks the site's tables that cannot be listed for the domains that might get a route.
    private func ask() async {
        for domain in desk.domainsToAsk {
            guard !Task.isCancelled else { return }
            desk.answered(domain, isProtected: await site.protects(domain))
        }
    }

    private func look() async {
        do throws(CommandError) {
            let listing = try await hands.queue.listing()
            desk.looked(at: listing.entries, isCut: listing.isCut)
        } catch {
            desk.lookFailed()
            log.error("the queue cannot be read: \(error)")
        }
    }
}
