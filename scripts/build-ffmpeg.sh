#!/bin/sh
# Builds ffmpeg and ffprobe from the source of Debian's package, without its GPL parts and with nothing but what Dabir reads
# and writes: docs/decisions/0020-ffmpeg.md. The Dockerfile runs it, as root on Debian.
#   sh build-ffmpeg.sh /opt/ffmpeg
# Puts the programs into bin, and what the LGPL asks for (source, terms, this script) into source. They need Debian's
# packages libmp3lame0 and libopus0.
set -eu
target=$1
script=$(realpath "$0")

sed -i 's/^Types: deb$/Types: deb deb-src/' /etc/apt/sources.list.d/debian.sources
apt-get update
apt-get install -y --no-install-recommends \
  ca-certificates dpkg-dev gcc libc6-dev make nasm pkg-config libmp3lame-dev libopus-dev zlib1g-dev

mkdir -p "$target/bin" "$target/source"
cp "$script" "$target/source"
cd "$target/source"
apt-get source --download-only ffmpeg
build=$(mktemp -d)
dpkg-source --extract ffmpeg_*.dsc "$build/ffmpeg"
cp "$build/ffmpeg/LICENSE.md" "$build/ffmpeg/COPYING.LGPLv2.1" .
cd "$build/ffmpeg"

# The containers of src/media/child/containers.ts (FFmpeg's build calls "mpeg" "mpegps"), and raw samples.
demuxers=mov,matroska,avi,flv,asf,asf_o,mpegps,mpegts,rm,wtv,mxf,nut,ivf
demuxers=$demuxers,ogg,mp3,aac,loas,flac,wav,w64,aiff,caf,au,amr,amrnb,amrwb,wv
demuxers=$demuxers,ape,tta,tak,mpc,mpc8,ac3,eac3,dts,truehd,dsf,voc,qcp,oma,xwma
demuxers=$demuxers,sox,ircam,h264,hevc,m4v,mpegvideo,pcm_s16le

decoders=aac,aac_latm,ac3,eac3,alac,amrnb,amrwb,ape,flac,opus,vorbis,mp1,mp1float,mp2,mp2float,mp3,mp3float,gsm,gsm_ms
decoders=$decoders,wmav1,wmav2,wmapro,wmalossless,wmavoice,wavpack,tta,tak,mpc7,mpc8,dca,truehd,mlp
decoders=$decoders,cook,ra_144,ra_288,sipr,qcelp,evrc,speex,nellymoser,atrac1,atrac3,atrac3p,qdm2,qdmc,imc,iac
decoders=$decoders,truespeech,g723_1,g729,dsd_lsbf,dsd_msbf,dsd_lsbf_planar,dsd_msbf_planar
# All kinds of PCM and ADPCM; FFmpeg lists its decoders in columns.
decoders=$decoders,$(./configure --list-decoders | tr -s ' \t' '\n' | grep -E '^(pcm|adpcm)_' | grep -v '_at$' | paste -sd,)

# Parsers of video too: they find where a film's packets begin.
parsers=aac,aac_latm,ac3,amr,cook,dca,flac,g723_1,g729,gsm,mlp,mpegaudio,opus,sipr,tak,vorbis,xma
parsers=$parsers,h264,hevc,mpeg4video,mpegvideo

# No --enable-gpl, no --enable-version3, no --enable-nonfree: what comes out is under the LGPL 2.1 or later.
./configure --disable-everything --disable-autodetect --disable-network --disable-doc --disable-debug \
  --disable-ffplay --disable-avdevice --disable-swscale --disable-postproc \
  --enable-zlib --enable-libmp3lame --enable-libopus \
  --enable-protocol=file,pipe --enable-demuxer="$demuxers" --enable-decoder="$decoders" --enable-parser="$parsers" \
  --enable-encoder=pcm_s16le,flac,libmp3lame,libopus --enable-muxer=tee,framecrc,pcm_s16le,flac,mp3,ogg \
  --enable-filter=aresample,aformat,anull,pan
make -j"$(nproc)" ffmpeg ffprobe
cp ffmpeg ffprobe "$target/bin"
rm -rf "$build"
"$target/bin/ffmpeg" -hide_banner -L | grep 'GNU Lesser General Public'
