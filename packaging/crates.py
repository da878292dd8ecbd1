"""What is built into the program: its crates for one platform, and the files that it carries."""
import hashlib, json, pathlib, subprocess, tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Files that stand in the program as they are: path, name, version, licence.
CARRIED = [
    ("templates/fonts/BIZUDGothic-Regular.ttf", "BIZ UDGothic Regular", "1.05", "OFL-1.1"),
    ("templates/fonts/BIZUDGothic-Bold.ttf", "BIZ UDGothic Bold", "1.05", "OFL-1.1"),
    ("templates/color/srgb.icc", "sRGB profile", "", "public domain"),
]


def host():
    said = subprocess.check_output(["rustc", "-vV"], text=True)
    return next(line.split(": ")[1] for line in said.splitlines() if line.startswith("host: "))


def sha256(path):
    return hashlib.sha256((ROOT / path).read_bytes()).hexdigest()


class Built:
    """The root package and every crate that it is linked from or expanded by, sorted; no tests' crates."""

    def __init__(self, platform=None):
        command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", platform or host()]
        metadata = json.loads(subprocess.check_output(command, cwd=ROOT))
        packages = {package["id"]: package for package in metadata["packages"]}
        nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
        # The build's own order of ids is not the same on every machine; names and versions are.
        key = lambda package: (package["name"], package["version"])
        root = metadata["resolve"]["root"]
        self.edges, waiting = {}, [root]
        while waiting:
            at = waiting.pop()
            if at in self.edges:
                continue
            normal = [dep["pkg"] for dep in nodes[at]["deps"] if any(kind["kind"] is None for kind in dep["dep_kinds"])]
            self.edges[at] = sorted(normal, key=lambda id: key(packages[id]))
            waiting.extend(normal)
        self.packages = packages
        self.root = packages[root]
        self.crates = sorted((packages[id] for id in self.edges if id != root), key=key)
        lock = tomllib.loads((ROOT / "Cargo.lock").read_text())
        self.sums = {(package["name"], package["version"]): package.get("checksum") for package in lock["package"]}
