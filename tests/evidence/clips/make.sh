#!/bin/sh
# Made the clips in this folder with Debian 12's ffmpeg 5.1; run it only to change them. Each frame shows its own
# number, counted before frames were dropped, as 8 blocks along its top: the left one is bit 0, white is 1.
set -eu
cd "$(dirname "$0")"
picture="nullsrc=size=160x120:rate=25:duration=4,format=gray,geq=lum='if(lt(Y,40),40+175*mod(floor(N/pow(2,floor(X/20))),2),128+60*sin((X+2*N)/9)*cos((Y-N)/7))',format=yuv420p"
film() { ffmpeg -hide_banner -loglevel error -y -fflags +bitexact -f lavfi -i "$picture" "$@"; }
h264="-c:v libx264 -preset medium -crf 30 -g 25 -flags +bitexact"
h265="-c:v libx265 -crf 32 -x265-params log-level=error:keyint=25:min-keyint=25"
dropped="select='not(eq(mod(n\,7)\,3)+gt(mod(n\,40)\,30)*gt(mod(n\,3)\,0))'"
film $h264 -bf 0 h264.mp4
film $h264 -bf 3 -movflags +faststart h264_b.mp4
film $h264 -bf 3 -x264-params open-gop=1:keyint=25:min-keyint=10 h264_open.mp4
film -vf "$dropped" -vsync vfr $h264 -bf 2 h264_vfr.mp4
film -vf "$dropped" -vsync vfr $h265 h265_vfr.mp4
film $h265 h265.mp4
film $h264 -bf 2 h264.mkv
film -vf "$dropped" -vsync vfr $h264 -bf 2 h264_vfr.mkv
film $h264 -bf 2 h264.ts
film $h265 h265.ts
film -vf "$dropped" -vsync vfr $h264 -bf 2 h264_vfr.ts
film -c:v mjpeg -q:v 12 -pix_fmt yuvj420p mjpeg.avi
film -c:v mpeg4 -q:v 8 -bf 2 -g 25 mpeg4_b.avi
film -c:v libvpx -crf 40 -b:v 200k -g 25 vp8.webm
film -c:v libvpx-vp9 -crf 45 -b:v 0 -deadline realtime -cpu-used 8 -g 25 vp9.webm
film -f lavfi -i sine=duration=4 $h264 -bf 2 -c:a aac -b:a 24k h264_sound.mov
film $h264 -bf 2 -movflags frag_keyframe+empty_moov h264_fragments.mp4
ffmpeg -hide_banner -loglevel error -y -i h264.mp4 -c copy -metadata:s:v rotate=90 h264_turned.mp4
ffmpeg -hide_banner -loglevel error -y -ss 1.3 -i h264_b.mp4 -c copy -avoid_negative_ts 0 h264_edited.mp4
film -c:v libx264 -crf 30 -g 25 -bf 0 -metadata creation_time=2026-11-21T09:30:00Z -flags +bitexact dated.mp4
film $h264 -bf 2 -f h264 bare.h264
