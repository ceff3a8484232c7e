// Runs a fuzz target over the files of its corpus, so that plain ctest replays every input that
// ever mattered, without libFuzzer:
//
//   json_fuzz test/fuzz/corpus/json
//
// Fails when the folder is absent or holds no file.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

bool Replay(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  return LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                bytes.size()) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::error_code error;
  int replayed = 0;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1], error)) {
    if (!Replay(entry.path())) return 1;
    ++replayed;
  }
  std::printf("%d inputs\n", replayed);
  return replayed > 0 ? 0 : 1;
}
