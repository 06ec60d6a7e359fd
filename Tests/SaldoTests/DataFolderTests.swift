import Foundation
import SaldoComposition
import Testing

@testable import SaldoCommands

/// What a data folder is for, and that it stays so.
struct DataFolderTests {
  @Test(arguments: [DataFolder.Purpose.embeddedLog, .services, .readModels])
  func aFolderIsForWhatItWasClaimedForFirst(_ purpose: DataFolder.Purpose) async throws {
    try await Workplace.with { place in
      let folder = DataFolder(place.path("."))
      for other: DataFolder.Purpose in [.embeddedLog, .services, .readModels] {
        try folder.claim(for: purpose)
        if other == purpose { continue }
        #expect(throws: LocalSystemError.self) { try folder.claim(for: other) }
      }
    }
  }

  @Test func ofManyThatClaimANewFolderAtOnceOnePurposeIsTaken() async throws {
    try await Workplace.with { place in
      let folder = DataFolder(place.path("."))
      let taken = await withTaskGroup(of: DataFolder.Purpose?.self) { group in
        for index in 0..<30 {
          let purpose: DataFolder.Purpose =
            [.embeddedLog, .services, .readModels][index % 3]
          group.addTask { (try? folder.claim(for: purpose)).map { purpose } }
        }
        return await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(taken.compactMap { $0 }.count == 1)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left == ["folder-purpose"])
    }
  }

  @Test func contentsSpeakWhereThereIsNoMark() async throws {
    try await Workplace.with { place in
      try FileManager.default.createDirectory(
        atPath: place.path("a/discharge"), withIntermediateDirectories: true)
      _ = try place.write("", to: "a/discharge/books-0.sqlite")
      let folder = DataFolder(place.path("a"))
      #expect(throws: LocalSystemError.self) { try folder.claim(for: .readModels) }
      #expect(throws: LocalSystemError.self) { try folder.claim(for: .embeddedLog) }
      try folder.claim(for: .services)
    }
  }

  @Test func aDamagedMarkIsRefused() async throws {
    try await Workplace.with { place in
      _ = try place.write("serv", to: "folder-purpose")
      #expect(throws: LocalSystemError.self) {
        try DataFolder(place.path(".")).claim(for: .services)
      }
    }
  }
}
