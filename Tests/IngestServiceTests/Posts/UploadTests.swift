import Foundation
import HTTPServer
import Synchronization
import Testing

@testable import IngestService

/// Files that are posted: how many there may be, and how much of the disk they may take.
@Suite struct UploadTests {
  /// A folder that is gone afterwards.
  private static func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "uploads-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
  }

  private static func files(in folder: String) -> Int {
    (try? FileManager.default.contentsOfDirectory(atPath: folder).count) ?? 0
  }

  private static func refusal(_ body: () async throws -> Void) async -> Int? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? Refusal)?.problem.status
    }
  }

  private static func write(_ upload: Upload, _ bytes: Int) async throws {
    let body = RequestBody([UInt8](repeating: 0x61, count: bytes))
    var rest = body.makeAsyncIterator()
    try await upload.write([0x50], &rest)
  }

  @Test func soManyAtATimeAndNoneLeftBehind() async throws {
    try await Self.withFolder { folder in
      var limits = FrontLimits()
      limits.uploads = 2
      let uploads = UploadFolder(folder, limits: limits)
      var held = [try await uploads.begin(length: 5), try await uploads.begin(length: nil)]
      #expect(await Self.refusal { _ = try await uploads.begin(length: 1) } == 503)
      #expect(Self.files(in: folder) == 2)
      held.removeFirst()
      #expect(Self.files(in: folder) == 1)
      held.append(try await uploads.begin(length: 1))
      held = []
      #expect(Self.files(in: folder) == 0)
    }
  }

  @Test func eachHasItsLimitAndAllHaveTheirs() async throws {
    try await Self.withFolder { folder in
      var limits = FrontLimits()
      (limits.file, limits.uploadBytes) = (40 << 20, 50 << 20)
      let uploads = UploadFolder(folder, limits: limits)
      #expect(await Self.refusal { _ = try await uploads.begin(length: 41 << 20) } == 413)
      let first = try await uploads.begin(length: 30 << 20)
      #expect(await Self.refusal { _ = try await uploads.begin(length: 30 << 20) } == 507)
      // One of unknown length gets room by and by: 16 MiB, and then there are four left.
      let second = try await uploads.begin(length: nil)
      #expect(await Self.refusal { try await Self.write(second, 17 << 20) } == 507)
      withExtendedLifetime(first) {}
    }
  }

  @Test func oneThatGrowsBeyondItsLimitIsRefused() async throws {
    try await Self.withFolder { folder in
      var limits = FrontLimits()
      limits.file = 1_000
      let upload = try await UploadFolder(folder, limits: limits).begin(length: nil)
      #expect(await Self.refusal { try await Self.write(upload, 1_000) } == 413)
    }
  }

  @Test func theDiskKeepsRoomForTheBooks() async throws {
    try await Self.withFolder { folder in
      let free = Mutex<Int64>(1_000 << 20)
      var limits = FrontLimits()
      limits.spareBytes = 100 << 20
      let uploads = UploadFolder(folder, limits: limits) { _ in
        .init(size: 100 << 30, free: free.withLock { $0 })
      }
      let first = try await uploads.begin(length: 500 << 20)
      // What the first has yet to write counts as written.
      #expect(await Self.refusal { _ = try await uploads.begin(length: 500 << 20) } == 507)
      let second = try await uploads.begin(length: 300 << 20)
      free.withLock { $0 = 110 << 20 }
      #expect(await Self.refusal { _ = try await uploads.begin(length: nil) } == 507)
      withExtendedLifetime((first, second)) {}
      // A small disk is not all kept.
      let small = UploadFolder(folder, limits: limits) { _ in .init(size: 50 << 20, free: 40 << 20)
      }
      _ = try await small.begin(length: 30 << 20)
      #expect(await Self.refusal { _ = try await small.begin(length: 36 << 20) } == 507)
    }
  }

  @Test func aPostOfAFileSaysSo() async throws {
    try await Self.withFolder { folder in
      var limits = FrontLimits()
      limits.file = 100
      let front = TestFront(limits, folder: folder)
      let zip = [UInt8]("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 200)
      for headers: Headers in [[:], [.contentLength: "204"]] {
        let (status, text) = try await front.post([zip], to: "/v1/files/a.zip", headers: headers)
        #expect(status == 413 && text.contains("larger than 100 bytes"), "\(text)")
      }
      #expect(Self.files(in: folder) == 0)
      let broken = try await front.post([Array(zip.prefix(50))], to: "/v1/files/a.zip")
      #expect(broken.status == 400 && broken.text.contains("a.zip"))
      #expect(Self.files(in: folder) == 0)
    }
  }

  @Test func whoeverFindsNoSlotWaitsAndCanBeCancelled() async throws {
    let slots = Slots(1)
    let (gate, opening) = AsyncStream.makeStream(of: Void.self)
    let (started, starting) = AsyncStream.makeStream(of: Void.self)
    let first = Task {
      try await slots.use {
        starting.finish()
        for await _ in gate {}
      }
    }
    for await _ in started {}
    let second = Task { try await slots.use { 2 } }
    let third = Task { try await slots.use { 3 } }
    second.cancel()
    await #expect(throws: CancellationError.self) { _ = try await second.value }
    opening.finish()
    #expect(try await third.value == 3)
    try await first.value
  }
}
