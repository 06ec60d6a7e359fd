import EventLog
import Store
import Testing

/// XXH64 as its authors publish it: snapshots are read by whatever version of the program comes.
@Suite struct ChecksumTests {
  private func sum(_ text: String) -> UInt64 {
    Array(text.utf8).withUnsafeBytes { Checksum.of($0) }
  }

  @Test(
    arguments: [
      ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
      ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
    ] as [(String, UInt64)])
  func textsHaveThePublishedSums(_ text: String, _ expected: UInt64) {
    #expect(sum(text) == expected)
  }

  @Test func whereThePiecesEndMakesNoDifference() {
    let bytes = (0..<300).map { UInt8($0 % 251) }
    let whole = bytes.withUnsafeBytes { Checksum.of($0) }
    for size in [1, 3, 7, 31, 32, 33, 64, 299] {
      var checksum = Checksum()
      for start in stride(from: 0, to: bytes.count, by: size) {
        Array(bytes[start..<min(start + size, bytes.count)]).withUnsafeBytes { checksum.add($0) }
      }
      #expect(checksum.value == whole, "\(size)")
    }
  }

  @Test func recordsThatDifferInAnythingHaveOtherSums() {
    func sum(_ key: String, _ value: String?, _ timestamp: Int64) -> UInt64 {
      var records = PackedRecords()
      records.append(
        Record(key: Array(key.utf8), value: value.map { Array($0.utf8) }, timestamp: timestamp))
      var sum: UInt64 = 0
      records.forEach { sum = LastRecord(offset: 0, record: $0).checksum }
      return sum
    }
    let sums = [
      sum("a", "b", 1), sum("a", "b", 2), sum("ab", "", 1), sum("", "ab", 1), sum("ab", nil, 1),
      sum("a", "c", 1), sum("c", "b", 1),
    ]
    #expect(Set(sums).count == sums.count)
    #expect(sum("a", "b", 1) == sums[0])
  }
}
