// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import NIOCore

/// What is known of a request beside its bytes: the connection on which it came.
struct StatusContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

/// Where the routes of a resource are added.
typealias StatusRouter = Router<StatusContext>

/// One resource of the status service, or a few that belong together.
protocol StatusResource: Sendable {
    /// Adds its routes.
    func add(to router: StatusRouter)
}
