import CommandLineTestSupport
import Testing

/// What `.packaging/package-version` says of a tree.
struct PackageVersionTests {
  @Test(
    "a later build has a higher version, however its sources came",
    arguments: [
      "", "git clone -q --depth 1 file://$tree shallow; tree=$PWD/shallow",
      "mkdir unpacked; git -C tree archive HEAD | tar -x -C unpacked; tree=$PWD/unpacked",
    ])
  func versionsGrow(_ obtain: String) throws {
    let result = try run(
      """
      commit 1700000000
      before=$(version)
      commit 1700000001
      \(obtain)
      printf '%s\\n%s\\n' "$before" "$(version)"
      dpkg --compare-versions "$before" lt "$(version)"
      """)

    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("1.0+20231114221321"), "\(result.output)")
  }

  @Test func commitsOfOneSecondAreInOrder() throws {
    let result = try run(
      """
      for count in 1 2 3 4 5 6 7 8 9 10 11; do
        commit 1700000000
        if [ $count -gt 1 ]; then dpkg --compare-versions "$before" lt "$(version)"; fi
        before=$(version)
      done
      """)

    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  @Test func changedTreeIsNewerThanItsCommit() throws {
    let result = try run(
      """
      commit 1700000000
      before=$(version)
      echo changed >>tree/file
      dpkg --compare-versions "$before" lt "$(version)"
      version
      """)

    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.hasSuffix(".dirty\n"))
  }

  @Test("a tree that was unpacked into the repository of something else is not of that")
  func repositoryAroundTheTreeIsIgnored() throws {
    let result = try run(
      """
      commit 1700000000
      version
      rm -rf tree/.git
      git init -q .
      git add .
      git commit -q -m other
      version
      """)

    #expect(result.status == 0, "\(result.output)\(result.errors)")
    let lines = result.output.split(separator: "\n")
    #expect(lines.first?.contains(".g") == true)
    #expect(lines.last?.contains(".g") == false)
  }

  // Runs a script beside a repository `tree`, with `commit SECONDS` and `version`.
  private func run(_ script: String) throws -> ProcessResult {
    let folder = try TemporaryFolder()
    return try ChildProcess.run([
      "bash", "-ec",
      """
      cd \(folder.path)
      export HOME=$PWD GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a
      export GIT_COMMITTER_EMAIL=a@b
      commit() {
        echo $1 >>tree/file
        git -C tree add .
        GIT_COMMITTER_DATE=@$1 git -C tree commit -q -m change
      }
      version() { $tree/.packaging/package-version 1.0; }
      tree=$PWD/tree
      git init -q tree
      install -D \(SourceTree.path)/.packaging/package-version tree/.packaging/package-version
      \(script)
      """,
    ])
  }
}
