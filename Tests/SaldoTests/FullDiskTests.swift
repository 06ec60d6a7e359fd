import Auditor
import Brokers
import Foundation
import Testing

/// A disk that is full in the middle of what makes a data folder again: what was there is not lost,
/// and with room it goes on to the same.
@Suite(.timeLimit(.minutes(30))) struct FullDiskTests {
  /// What is done to a folder that has been copied to the disk.
  enum Work: CaseIterable {
    /// Its stores are damaged.
    case rebuild
    /// An earlier program made it.
    case migration
    /// It is a backup of half of the facts.
    case restore
  }

  /// - Parameter kibibytes: how much room there is besides the folder.
  @Test(arguments: Work.allCases, [300, 2_000])
  func itGoesOnWithRoom(_ work: Work, _ kibibytes: Int) async throws {
    try await Workplace.with { place in
      let files = try await Self.prepare(work, in: place)
      let script = """
        \(OwnDisk.script)
        cd '\(place.folder.path)' && mkdir disk
        # A tmpfs counts whole pages, and a folder as none.
        size=$(find data -type f -printf '%s\\n' |
          awk '{ n += int(($1 + 4095) / 4096) * 4 } END { print n }')
        mount -t tmpfs -o size=$((size + \(kibibytes)))k none disk || exit 77
        cp -a data disk/data || exit 78
        timeout -s TERM 15 "$0" "$@" >full.out 2>full.err; echo $? >full.code
        mount -o remount,size=800m none disk || exit 77
        """
      let ended = try await SaldoProgram.run(
        Workplace.arguments(files, place.path("disk/data"), place.path("reports")), after: script)
      guard let full = try? String(contentsOfFile: place.path("full.code"), encoding: .utf8) else {
        #expect(ended.code == 77, "\(ended)")
        return LeftOut.say("itGoesOnWithRoom", "no disk of one's own may be mounted here")
      }
      let errors = try String(contentsOfFile: place.path("full.err"), encoding: .utf8)
      // It ends with what is wrong, or waits for room until it is told to end.
      #expect(["2\n", "143\n"].contains(full), "\(full) \(errors)")
      #expect(errors.contains("full") || errors.contains("No space"), "\(errors)")
      if work == .migration {
        #expect(ended.code == 1, "\(ended)")
        try EarlierFolderTests.expectSame("reports", in: place, "after a full disk")
      } else {
        #expect(ended.code == 0, "\(ended)")
        try place.expectSame("reports", as: "expected")
      }
    }
  }

  /// Makes the folder `data`, and answers what is processed on it.
  private static func prepare(_ work: Work, in place: Workplace) async throws -> [String] {
    switch work {
    case .migration:
      try EarlierFolderTests.unpack(in: place)
      return [try place.write(EarlierFolderTests.lines(..<99), to: "first.ndjson")]
    case .rebuild:
      let files = try await SmallCompany.files(in: place)
      for store in try place.databases() where !store.hasPrefix("log/") {
        try place.damage(store)
      }
      return files
    case .restore:
      let files = try await SmallCompany.files(in: place)
      try await SmallCompany.restore(half: files, in: place)
      return files
    }
  }
}
