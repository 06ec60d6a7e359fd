import Auditor
import Brokers
import Foundation
import Testing

/// What is made again, taken on or copied comes out whole, however often it is cut off and whatever
/// room there is for it.
@Suite(.timeLimit(.minutes(30))) struct CutOffTests {
  /// Seconds after which a run is killed: somewhere in each part of it, on any machine.
  private static let moments = ["0.1", "0.3", "0.5", "0.8", "1.3", "2.1"]

  /// Runs the program until it is killed (-9), or has ended by then.
  private static func killed(
    _ arguments: [String], after moment: String
  ) async throws -> SaldoProgram.Ended {
    try await SaldoProgram.run(
      arguments, after: #"exec timeout -s KILL \#(moment) "$0" "$@""#)
  }

  /// Kills it (-9) at one moment after the other; where it has ended by then, with this code.
  private static func cutOff(_ arguments: [String], expecting code: Int32) async throws {
    for moment in moments {
      let ended = try await killed(arguments, after: moment)
      #expect(ended.isKilled || ended.code == code, "\(moment): \(ended)")
    }
  }

  /// A backup is a data folder, also to who is cut off while it goes on with one.
  @Test func aBackupThatIsRestored() async throws {
    try await Workplace.with { place in
      let files = try await SmallCompany.files(in: place)
      try await SmallCompany.restore(half: files, in: place)
      let arguments = Workplace.arguments(files, place.path("data"), place.path("reports"))
      try await Self.cutOff(arguments, expecting: 0)
      try await place.process(files)
      try place.expectSame("reports", as: "expected")
    }
  }

  @Test func storesThatAreMadeAgain() async throws {
    try await Workplace.with { place in
      let files = try await SmallCompany.files(in: place)
      let stores = try place.databases().filter { !$0.hasPrefix("log/") }
      #expect(stores.count > 10)
      for store in stores { try place.damage(store) }
      let arguments = Workplace.arguments(files, place.path("data"), place.path("reports"))
      try await Self.cutOff(arguments, expecting: 0)
      try await place.process(files)
      try place.expectSame("reports", as: "expected")
    }
  }

  @Test func storesOfAnEarlierVersionThatAreTakenOn() async throws {
    try await Workplace.with { place in
      try EarlierFolderTests.unpack(in: place)
      let first = try place.write(EarlierFolderTests.lines(..<99), to: "first.ndjson")
      let arguments = Workplace.arguments([first], place.path("data"), place.path("reports"))
      try await Self.cutOff(arguments, expecting: 1)
      try await place.process([first], expecting: 1)
      try EarlierFolderTests.expectSame("reports", in: place, "however often it was cut off")
    }
  }

  /// Half a backup is never taken for one.
  @Test func aBackup() async throws {
    try await Workplace.with { place in
      let files = try await SmallCompany.files(in: place)
      var cutOff = 0
      for (index, moment) in ["0.02", "0.05", "0.1", "0.2", "0.4", "0.8"].enumerated() {
        let copy = place.path("copy-\(index)")
        let ended = try await Self.killed(
          ["backup", "--data", place.path("data"), "--out", copy], after: moment)
        if ended.isKilled { cutOff += 1 }
        let verified = try await SaldoProgram.run(["backup", "--verify", copy])
        #expect(verified.code == (ended.code == 0 ? 0 : 2), "\(moment): \(ended) \(verified)")
      }
      #expect(cutOff > 0)
      try await SaldoProgram.run(
        ["backup", "--data", place.path("data"), "--out", place.path("copy")], expecting: 0)
      try await place.process(files, data: "copy")
      try place.expectSame("reports", as: "expected")
    }
  }

  /// A disk of a few MiB is full in the middle of each kind of work, and then gets more.
  @Test(arguments: [2, 6, 14]) func aFullDisk(_ mebibytes: Int) async throws {
    try await Workplace.with { place in
      let files = try await SmallCompany.files(in: place)
      let arguments = Workplace.arguments(
        files, place.path("disk/data"), place.path("reports"))
      let script = """
        \(OwnDisk.script)
        cd '\(place.folder.path)' && mkdir disk
        mount -t tmpfs -o size=\(mebibytes)m none disk || exit 77
        timeout -s TERM 15 "$0" "$@" >full.out 2>full.err; echo $? >full.code
        "$0" backup --data data --out disk/copy >copy.out 2>copy.err; echo $? >copy.code
        "$0" backup --verify disk/copy >half.out 2>half.err; echo $? >half.code
        rm -rf disk/copy
        mount -o remount,size=800m none disk || exit 77
        "$0" backup --data data --out disk/copy && "$0" backup --verify disk/copy
        echo $? >whole.code
        """
      let ended = try await SaldoProgram.run(arguments, after: script)
      guard FileManager.default.fileExists(atPath: place.path("whole.code")) else {
        return LeftOut.say("aFullDisk", "no disk of one's own may be mounted here")
      }
      func said(_ name: String) throws -> String {
        try String(contentsOfFile: place.path(name), encoding: .utf8)
      }
      let errors = try ["full", "copy", "half"].map { try said("\($0).err") }
      // It ends with what is wrong, or waits for room until it is told to end.
      let full = try said("full.code")
      #expect(["2\n", "143\n"].contains(full), "\(full) \(errors)")
      let (copy, half) = (try said("copy.code"), try said("half.code"))
      #expect(copy == "2\n" && half == "2\n", "\(copy)\(half)\(errors)")
      let whole = try said("whole.code")
      #expect(whole == "0\n", "\(ended)")
      // With room it goes on to the same, by the command that follows the script.
      #expect(ended.code == 0, "\(ended)")
      try place.expectSame("reports", as: "expected")
    }
  }
}
