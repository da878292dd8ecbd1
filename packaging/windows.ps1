# windows.ps1 [-Output DIR]: builds hoshin on Windows and lays out what is handed to a city hall: one folder, no installer, no
# administrator's rights, no runtime. It was written from the documentation and has NOT been run yet: there is no
# Windows machine where hoshin is developed. Needs the Rust toolchain for x86_64-pc-windows-msvc and a network once,
# for the crates (or a vendored copy of them).
param([string]$Output = "dist")
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..")

# The C runtime is linked in, so that no redistributable package has to be installed.
$env:RUSTFLAGS = "-C target-feature=+crt-static"
cargo build --release --locked --target x86_64-pc-windows-msvc
if ($LASTEXITCODE -ne 0) { throw "the build failed" }
$target = if ($env:CARGO_TARGET_DIR) { $env:CARGO_TARGET_DIR } else { "target" }
$built = Join-Path $target "x86_64-pc-windows-msvc\release\hoshin.exe"

$folder = Join-Path $Output "hoshin"
New-Item -ItemType Directory -Force $folder | Out-Null
Copy-Item $built, "README.md", "SECURITY.md", "LICENSE", "docs\guide.ja.md", "docs\operations.ja.md" $folder
Copy-Item "templates\fonts\OFL.txt" (Join-Path $folder "OFL.txt")

# Completions for PowerShell; the manual pages are for other systems.
$share = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
& (Join-Path $folder "hoshin.exe") install-files --output $share
if ($LASTEXITCODE -ne 0) { throw "install-files failed" }
Copy-Item (Join-Path $share "doc\hoshin\hoshin-completion.ps1") $folder
Remove-Item -Recurse $share

$version = (Select-String -Path "Cargo.toml" -Pattern '^version = "(.*)"' | Select-Object -First 1).Matches[0].Groups[1].Value
$zip = Join-Path $Output "hoshin_$($version)_windows_x64.zip"
Compress-Archive -Force -Path $folder -DestinationPath $zip
Write-Output $zip

# To install: unpack the archive where the users may read it, for example C:\hoshin, and make a project folder:
#   C:\hoshin\hoshin.exe init D:\kikaku\hoshin
# To run it every day, in the project folder:
#   C:\hoshin\hoshin.exe schedule --target windows --output .
#   schtasks /Create /TN "hoshin" /XML hoshin.xml
# Completions: add this line to the file that $PROFILE names.
#   . C:\hoshin\hoshin-completion.ps1
